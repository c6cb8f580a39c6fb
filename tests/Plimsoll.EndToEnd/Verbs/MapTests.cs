using System.Globalization;
using Plimsoll.EndToEnd.Support;
using Xunit;

namespace Plimsoll.EndToEnd.Verbs;

/// <summary><c>plimsoll map</c> as people know it from xargs and GNU parallel.</summary>
public sealed class MapTests
{
    [Fact]
    public async Task Map_runs_the_command_once_for_each_line()
    {
        using TemporaryProject project = new();
        ProcessResult map = await project.PlimsollWithInputAsync("one\ntwo words\n-three\n$(four)\n", "map", "-j", "2", "--", "printf", "<%s>\\n", "{}");
        Assert.Equal(
            ["<$(four)>", "<-three>", "<one>", "<two words>"],
            map.Ended(0).StdoutLines.Where(line => line.Contains('<', StringComparison.Ordinal)).Select(line => line[line.IndexOf('<', StringComparison.Ordinal)..]).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Keep_order_prints_in_the_order_of_the_input()
    {
        using TemporaryProject project = new();
        ProcessResult map = await project.PlimsollWithInputAsync("0.5\n0.2\n0.01\n", "map", "-k", "-j", "3", "--", "sh", "-c", "sleep {}; echo slept {}");
        Assert.Equal(["slept 0.5", "slept 0.2", "slept 0.01"], map.Ended(0).StdoutLines);
    }

    [Fact]
    public async Task Placeholders_mean_what_they_mean_in_parallel()
    {
        using TemporaryProject project = new();
        ProcessResult map = await project.PlimsollWithInputAsync("dir/sub/file.txt\n", "map", "-k", "--", "echo", "{}", "{.}", "{/}", "{//}", "{/.}", "{#}");
        Assert.Equal("dir/sub/file.txt dir/sub/file file.txt dir/sub file 1", map.Ended(0).StdoutLines[0]);
    }

    [Fact]
    public async Task Joblog_has_the_columns_of_parallel_and_resume_leaves_out_what_it_lists()
    {
        using TemporaryProject project = new();
        string[] command = ["map", "--joblog", "log", "--", "sh", "-c", "echo {} >> seen; test {} != 2"];
        (await project.PlimsollWithInputAsync("1\n2\n3\n", command)).Ended(1);
        string[] log = project.Lines("log");
        Assert.Equal("Seq\tHost\tStarttime\tJobRuntime\tSend\tReceive\tExitval\tSignal\tCommand", log[0]);
        Assert.Equal(["0", "1", "0"], log.Skip(1).Select(line => line.Split('\t')).OrderBy(row => int.Parse(row[0], CultureInfo.InvariantCulture)).Select(row => row[6]));

        (await project.PlimsollWithInputAsync("1\n2\n3\n4\n", ["map", "--resume", .. command[1..]])).Ended(0);
        Assert.Equal(["1", "2", "3", "4"], project.Lines("seen").Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Halt_soon_starts_nothing_more_after_the_first_failure()
    {
        using TemporaryProject project = new();
        string lines = string.Join('\n', Enumerable.Range(1, 50)) + "\n";
        ProcessResult map = await project.PlimsollWithInputAsync(lines, "map", "-j", "1", "--halt", "soon,fail=1", "--", "sh", "-c", "echo {} >> seen; test {} != 3");
        map.Ended(1);
        Assert.InRange(project.Lines("seen").Length, 3, 5);
    }

    [Fact]
    public async Task Halting_on_success_is_a_success_and_an_endless_source_does_not_matter()
    {
        using TemporaryProject project = new();
        ProcessResult map = await project.PlimsollAsync("map", "-a", "/dev/zero", "-0", "-j", "1", "--halt", "soon,success=2", "--joblog", "log", "--json", "--", "true");
        Assert.Contains("\"outcome\":\"halted\"", map.Ended(0).StdoutLines[^1], StringComparison.Ordinal);
        Assert.InRange(project.Lines("log").Length, 1 + 2, 1 + 4);
    }

    [Fact]
    public async Task An_item_that_is_not_UTF8_is_named_and_the_others_run()
    {
        using TemporaryProject project = new();
        ProcessResult map = await project.ShellAsync("printf 'a\\n\\377\\nb\\n' | plimsoll map -q -k -- echo");
        Assert.Equal(["a", "b"], map.Ended(1).StdoutLines);
        Assert.Contains(@"item 2 \xff: not UTF-8, not run", map.Stderr, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_empty_input_is_no_error()
    {
        using TemporaryProject project = new();
        (await project.PlimsollWithInputAsync("", "map", "--", "echo", "{}")).Ended(0);
    }
}
