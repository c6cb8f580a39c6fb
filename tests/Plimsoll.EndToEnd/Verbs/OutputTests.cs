using Plimsoll.EndToEnd.Support;
using Plimsoll.Tests.Support;
using Xunit;

namespace Plimsoll.EndToEnd.Verbs;

/// <summary>What tasks print, and what becomes of it on its way to the user.</summary>
public sealed class OutputTests
{
    private const string ControlSequences = """
        name: rude
        tasks:
          rude: { run: "printf '\\033]0;title\\007\\033[2J\\033[31mred\\033[0m\\n'" }
        """;

    [Fact]
    public async Task A_reader_that_leaves_early_is_no_fault()
    {
        using TemporaryProject project = new();
        project.Write("plan.yaml", "name: chatty\ntasks:\n  chatty:\n    matrix: { i: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10] }\n    run: seq 1 2000\n");
        ProcessResult piped = (await project.ShellAsync("plimsoll run plan.yaml | head -n 1; echo \"${PIPESTATUS[0]}\" > code")).WithoutStackTrace();
        Assert.NotEmpty(piped.StdoutLines);
        Assert.DoesNotContain(project.Read("code").Trim(), (string[])["134", "139", "70"]);
        await project.NothingRunsAsync();
    }

    [Theory]
    [InlineData(">&-", "it is closed")]
    [InlineData(">/dev/full", "there is no space left")]
    public async Task An_output_that_cannot_be_written_is_named_and_the_run_goes_on(string redirection, string problem)
    {
        using TemporaryProject project = new();
        project.Write("plan.yaml", "name: mute\ntasks:\n  a: { run: echo hello }\n  b: { needs: [a], run: echo end >> ends }\n");
        ProcessResult run = (await project.ShellAsync($"plimsoll run plan.yaml {redirection}")).WithoutStackTrace().Ended(3);
        Assert.Contains($"cannot write to standard output: {problem}", run.Stderr, StringComparison.Ordinal);
        Assert.Equal(["end"], project.Lines("ends"));
    }

    [Fact]
    public async Task Control_sequences_reach_a_terminal_escaped_except_colours()
    {
        Component.Require("script");
        using TemporaryProject project = new();
        project.Environment["NO_COLOR"] = null;
        project.Environment["TERM"] = "xterm";
        project.Write("plan.yaml", ControlSequences);
        ProcessResult run = await project.ShellAsync($"script -qec \"'{TemporaryProject.Executable}' run plan.yaml\" /dev/null");
        Assert.DoesNotContain("\u001b]0;title", run.Ended(0).Stdout, StringComparison.Ordinal);
        Assert.Contains("title", run.Stdout, StringComparison.Ordinal);
        Assert.Contains("\u001b[31mred", run.Stdout, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Logs_give_back_what_a_task_printed_byte_for_byte_when_piped()
    {
        using TemporaryProject project = new();
        project.Write("plan.yaml", "name: loud\ntasks:\n  loud: { run: seq 1 20000 }\n");
        (await project.PlimsollAsync("run", "-q", "plan.yaml")).Ended(0);
        ProcessResult logs = (await project.PlimsollAsync("logs", "loud")).Ended(0);
        Assert.Equal(string.Concat(Enumerable.Range(1, 20000).Select(i => $"{i}\n")), logs.Stdout);
    }

    [Fact]
    public async Task Lines_of_parallel_tasks_never_mix()
    {
        using TemporaryProject project = new();
        project.Write("plan.yaml", """
            name: choir
            tasks:
              voice:
                matrix: { letter: [a, b, c, d] }
                run: "for i in $(seq 1 200); do printf {{letter}}{{letter}}; printf {{letter}}{{letter}}; echo; done"
            """);
        ProcessResult run = (await project.PlimsollAsync("run", "plan.yaml", "-j", "4")).Ended(0);
        foreach (char letter in "abcd")
        {
            Assert.Equal(200, run.StdoutLines.Count(line => line.EndsWith(new string(letter, 4), StringComparison.Ordinal)));
        }
    }
}
