using Plimsoll.EndToEnd.Support;
using Plimsoll.Tests.Support;
using Xunit;

namespace Plimsoll.EndToEnd.Daemon;

/// <summary>A service that is stopped leaves running tasks to the next one, as an upgrade does.</summary>
public sealed class UpgradeTests
{
    private const int Tasks = 6;

    [Fact]
    public async Task A_stopped_service_leaves_running_tasks_to_the_next_with_output_and_exit_code()
    {
        Component.Require("sqlite3");
        using TemporaryProject project = new();
        for (int round = 0; round < 3; round++)
        {
            using ServiceProcess before = new(project, "-j", "24");
            Assert.Equal(round * Tasks, (await before.ReadyAsync()).Adopted);
            int first = round * Tasks;
            Assert.True(await before.SubmitAsync(Enumerable.Range(first, Tasks).Select(number => Definition(project, number))));
            await TemporaryProject.UntilAsync(() => project.Lines("begun").Length == first + Tasks, "all of them have begun");
            before.AskToStop();
            await TemporaryProject.UntilAsync(() => before.Seen.Contains("once more leaves it", StringComparison.Ordinal), "it is stopping");
            before.AskToStop();
            Assert.Equal(first + Tasks, (await before.StoppedAsync()).Left);
        }

        using ServiceProcess last = new(project, "-j", "24");
        Assert.Equal(3 * Tasks, (await last.ReadyAsync()).Adopted);
        project.Write("go", "");
        await last.IdleAsync(TimeSpan.FromMinutes(1));
        last.AskToStop();
        Assert.Equal(0, (await last.StoppedAsync()).Left);
        IReadOnlyList<JournalledAttempt> attempts = await JournalledAttempt.AllAsync(project);
        Assert.Equal(3 * Tasks, attempts.Count);
        Assert.All(attempts, attempt => Assert.Equal(int.Parse(attempt.Task[1..]), attempt.ExitCode));
        Assert.All(attempts, attempt => Assert.Equal($"begun {attempt.Task}\nended {attempt.Task}\n", Output(project, attempt)));
        await project.NothingRunsAsync();
    }

    private static string Definition(TemporaryProject project, int number)
    {
        string script = $"cd {project.Folder}; echo begun t{number}; echo t{number} >> begun; while [ ! -e go ]; do sleep 0.05; done; echo ended t{number}; exit {number}";
        return $$"""{"name":"t{{number}}","run":["sh","-c","{{script}}"]}""";
    }

    private static string Output(TemporaryProject project, JournalledAttempt attempt) =>
        File.ReadAllText(Path.Combine(project.StateFolder, "runs", "1", "0", $"{attempt.Task[1..]}.1.out"));
}
