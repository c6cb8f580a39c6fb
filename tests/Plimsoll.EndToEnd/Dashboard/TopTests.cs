using System.Text.Json;
using Plimsoll.EndToEnd.Support;
using Plimsoll.Tests.Support;
using Xunit;

namespace Plimsoll.EndToEnd.Dashboard;

/// <summary>plimsoll top beside a live run, a service, and nobody.</summary>
public sealed class TopTests
{
    private const string Plan = "tasks: { one: { run: exec sleep 300, locks: [x] }, two: { run: exec sleep 300, locks: [x] } }";

    [Fact]
    public async Task It_prints_once_without_a_terminal_what_the_run_of_this_folder_does()
    {
        using TemporaryProject project = new();
        project.Write("plan.yaml", Plan);
        Assert.Contains("No Plimsoll works here", (await project.PlimsollAsync("top")).Ended(0).Stdout, StringComparison.Ordinal);
        using RunningProcess run = project.Start("run", "plan.yaml", "--json");
        await TemporaryProject.UntilAsync(() => run.Seen.Contains("task_started", StringComparison.Ordinal), "a task runs");
        string page = (await project.PlimsollAsync("top", "--once")).Ended(0).Stdout;
        Assert.Contains("lock x is held by one task alone", page, StringComparison.Ordinal);
        JsonElement now = JsonDocument.Parse((await project.PlimsollAsync("top", "--json")).Ended(0).Stdout).RootElement;
        Assert.Equal("one", Assert.Single(now.GetProperty("running").EnumerateArray()).GetProperty("name").GetString());
        Assert.Equal("lock", Assert.Single(now.GetProperty("causes").EnumerateArray()).GetProperty("code").GetString());
        run.Send(Signal.Interrupt);
        run.Send(Signal.Interrupt);
        await run.WaitAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Keys_select_explain_and_end_it_and_the_terminal_is_as_before()
    {
        Component.Require("script");
        using TemporaryProject project = new();
        project.Write("plan.yaml", Plan);
        using RunningProcess run = project.Start("run", "plan.yaml", "--json");
        await TemporaryProject.UntilAsync(() => run.Seen.Contains("task_started", StringComparison.Ordinal), "a task runs");

        // A terminal of its own, in which each key is pressed when what the one before has done is seen.
        project.Write("press.sh", """
            seen() { i=0; until grep -qF "$1" shown || [ $((i += 1)) -gt 600 ]; do sleep 0.1; done; }
            seen 'lock x is held'; printf j
            seen '▸ one'; printf j
            seen '▸ two'; printf w
            seen 'released by'; printf q
            """);
        project.Write("shown", "");
        ProcessResult ended = await project.ShellAsync($"sh press.sh | script -qfec 'stty rows 30 cols 100; {TemporaryProject.Executable} top' shown");
        Assert.Equal(0, ended.ExitCode);
        string shown = project.Read("shown");
        Assert.Contains("▸ two", shown, StringComparison.Ordinal);
        Assert.Contains("released by", shown, StringComparison.Ordinal);
        Assert.Contains("\e[?1049l", shown, StringComparison.Ordinal);
        run.Send(Signal.Interrupt);
        run.Send(Signal.Interrupt);
        await run.WaitAsync(TestContext.Current.CancellationToken);
    }
}
