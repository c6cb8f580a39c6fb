using Plimsoll.Cli.Commands;
using Plimsoll.Cli.Hosting;
using Plimsoll.Daemon.Requests;
using Xunit;

namespace Plimsoll.Tests.Cli;

public sealed class ApplicationTests
{
    [Theory]
    [InlineData("")]
    [InlineData("rnu")]
    [InlineData("--verison")]
    [InlineData("run")]
    [InlineData("run a.yaml b.yaml")]
    [InlineData("run a.yaml -j 0")]
    [InlineData("run a.yaml -j many")]
    [InlineData("run a.yaml -j 1025")]
    [InlineData("run a.yaml --format toml")]
    [InlineData("run a.yaml --time-scale 0")]
    [InlineData("run a.yaml --set novalue")]
    [InlineData("map")]
    [InlineData("map --resume true")]
    [InlineData("map --halt sometimes true")]
    [InlineData("map --retries -1 true")]
    [InlineData("map --shell x true")]
    [InlineData("map -a no-such-file true")]
    [InlineData("limits -j 0")]
    [InlineData("limits --lock gpu=0")]
    [InlineData("limits --memory-reserve much")]
    [InlineData("status --limit x")]
    [InlineData("clean --older-than never")]
    [InlineData("completion tcsh")]
    [InlineData("burn --seconds 1")]
    [InlineData("burn --memory 1M")]
    [InlineData("burn --curve 0:1M,0:2M --seconds 1")]
    [InlineData("burn --memory 1M --seconds 1 --cpu 2000")]
    [InlineData("config --color rainbow")]
    public async Task Wrong_usage_is_2_and_says_so_without_a_stack_trace(string words)
    {
        var terminal = new FakeTerminal();
        Assert.Equal(ExitCode.Invalid, await RunAsync(terminal, words));
        string said = terminal.Complained + terminal.Printed;
        Assert.NotEmpty(said);
        Assert.DoesNotContain("\n   at ", said, StringComparison.Ordinal);
        Assert.DoesNotContain("plimsoll: internal error", said, StringComparison.Ordinal);
    }

    /// <summary>The parser takes a first word equal to the command's name for the program's own name.</summary>
    [Theory]
    [InlineData("check check", "check")]
    [InlineData("completion completion", "completion")]
    public async Task An_argument_may_be_called_like_its_verb(string words, string argument)
    {
        var terminal = new FakeTerminal();
        Assert.Equal(ExitCode.Invalid, await RunAsync(terminal, words));
        Assert.Contains(argument, terminal.Complained.Replace("plimsoll", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.DoesNotContain("missing argument", terminal.Complained, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("rnu", "plimsoll: there is no verb rnu\n  did you mean 'plimsoll run'?\n")]
    [InlineData("stauts", "plimsoll: there is no verb stauts\n  did you mean 'plimsoll status'?\n")]
    [InlineData("xyzzy", "plimsoll: there is no verb xyzzy\n  'plimsoll --help' lists the verbs\n")]
    public async Task An_unknown_verb_is_answered_with_the_nearest(string words, string expected)
    {
        var terminal = new FakeTerminal();
        Assert.Equal(ExitCode.Invalid, await RunAsync(terminal, words));
        Assert.Equal(expected, terminal.Complained);
    }

    [Theory]
    [InlineData("status", 0)]
    [InlineData("status", 8192)]
    [InlineData("status 1", 8192)]
    [InlineData("dead", 8192)]
    [InlineData("why", 8192)]
    [InlineData("logs 1", 8192)]
    public async Task A_listing_of_a_damaged_journal_names_the_file_and_is_no_bug(string words, int bytes)
    {
        string folder = Directory.CreateTempSubdirectory("plimsoll-application-").FullName;
        try
        {
            string journal = Path.Combine(folder, "journal.db");
            await File.WriteAllTextAsync(journal, new string('x', bytes), TestContext.Current.CancellationToken);
            var terminal = new FakeTerminal();
            Assert.Equal(ExitCode.Environment, await RunAsync(terminal, $"{words} --state {folder}"));
            Assert.Contains(journal, terminal.Complained, StringComparison.Ordinal);
            Assert.DoesNotContain("internal error", terminal.Complained, StringComparison.Ordinal);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Theory]
    [InlineData("submit --priority high -- true", "--priority takes a whole number, found 'high'")]
    [InlineData("lease --cpu many -- true", "--cpu takes a number, found 'many'")]
    [InlineData("merge newest", "RUN takes a whole number, found 'newest'")]
    public async Task A_word_that_is_no_number_is_told_without_types_of_dotnet(string words, string expected)
    {
        var terminal = new FakeTerminal();
        Assert.Equal(ExitCode.Invalid, await RunAsync(terminal, words));
        Assert.Contains(expected, terminal.Complained, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_verb_explains_itself_within_80_columns()
    {
        foreach (VerbEntry entry in VerbTable.All)
        {
            var terminal = new FakeTerminal();
            Assert.Equal(ExitCode.Success, await RunAsync(terminal, $"{entry.Name} --help"));
            Assert.Contains("Examples:", terminal.Printed, StringComparison.Ordinal);
            Assert.All(terminal.Printed.Split('\n').Where(line => !line.StartsWith("  plimsoll", StringComparison.Ordinal) && !line.Contains(" | ", StringComparison.Ordinal)),
                line => Assert.InRange(line.Length, 0, 80));
        }
    }

    [Theory]
    [InlineData("--version")]
    [InlineData("version")]
    [InlineData("--help")]
    [InlineData("help run")]
    public async Task Questions_about_plimsoll_itself_succeed(string words)
    {
        var terminal = new FakeTerminal();
        Assert.Equal(ExitCode.Success, await RunAsync(terminal, words));
        Assert.Contains("plimsoll", terminal.Printed, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Verbs_and_options_are_completed()
    {
        var terminal = new FakeTerminal();
        await Application.RunAsync(["__complete", "re"], terminal.Context, CancellationToken.None);
        await Application.RunAsync(["__complete", "run", "--dry"], terminal.Context, CancellationToken.None);
        Assert.Equal("resume\nreport\nretry\n--dry-run\n", terminal.Printed);
    }

    [Theory]
    [InlineData("bash")]
    [InlineData("zsh")]
    [InlineData("fish")]
    public async Task A_completion_script_asks_plimsoll_itself(string shell)
    {
        var terminal = new FakeTerminal();
        Assert.Equal(ExitCode.Success, await RunAsync(terminal, $"completion {shell}"));
        Assert.Contains(CompletionWords.Verb, terminal.Printed, StringComparison.Ordinal);
    }

    private static Task<ExitCode> RunAsync(FakeTerminal terminal, string words) =>
        Application.RunAsync(words.Split(' ', StringSplitOptions.RemoveEmptyEntries), terminal.Context, CancellationToken.None);
}
