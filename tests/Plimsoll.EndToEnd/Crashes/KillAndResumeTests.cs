using Plimsoll.Client.Runs;
using Plimsoll.EndToEnd.Support;
using Plimsoll.Tests.Support;
using Xunit;

namespace Plimsoll.EndToEnd.Crashes;

/// <summary>kill -9 of Plimsoll at random moments of a run of 300 tasks, then resume.</summary>
public sealed class KillAndResumeTests
{
    private const int Tasks = 300;
    private const int Seed = 20261121;
    private static readonly int Kills = TestLevel.Count(quick: 3, all: 40, soak: 200);

    [Fact]
    public async Task Killed_at_random_moments_and_resumed_every_task_finishes_exactly_once_as_recorded()
    {
        Component.Require("flock");
        Random random = new(Seed);
        for (int kills = 0; kills < Kills;)
        {
            kills += await KillUntilFinishedAsync(random, Kills - kills);
        }
    }

    private static async Task<int> KillUntilFinishedAsync(Random random, int most)
    {
        using TemporaryProject project = new();
        RecordedWork work = new(project, Tasks);
        HashSet<string> finished = new(StringComparer.Ordinal);
        int kills = 0;
        string[] verb = ["run", "plan.yaml", "-j", "8"];
        while (kills < most && finished.Count < Tasks)
        {
            Dictionary<string, int> startsBefore = work.PerTask("start");
            using (RunningProcess plimsoll = project.Start(verb))
            {
                await Task.Delay(TimeSpan.FromMilliseconds(random.Next(1, 1500)), TimeProvider.System, TestContext.Current.CancellationToken);
                plimsoll.Send(Signal.Kill);
                await plimsoll.WaitAsync(TestContext.Current.CancellationToken);
            }

            kills++;
            AssertNotStartedAgain(work, finished, startsBefore);
            if (!Directory.Exists(project.StateFolder) || (await RunsAsync(project)).Count == 0)
            {
                // Killed before the run was accepted: nothing is acknowledged, nothing to resume.
                continue;
            }

            verb = ["resume", "-j", "8"];
            finished = await SucceededAsync(project);
        }

        Dictionary<string, int> starts = work.PerTask("start");
        if (finished.Count < Tasks)
        {
            (await project.PlimsollAsync(verb)).Ended(0);
        }

        AssertNotStartedAgain(work, finished, starts);
        work.AssertWhole();
        Assert.Equal(Tasks, (await SucceededAsync(project)).Count);
        RunView run = Assert.Single(await RunsAsync(project));
        Assert.Equal("finished", run.State);
        await project.NothingRunsAsync();
        return kills;
    }

    private static void AssertNotStartedAgain(RecordedWork work, HashSet<string> finished, Dictionary<string, int> startsBefore)
    {
        Dictionary<string, int> now = work.PerTask("start");
        IEnumerable<string> again = finished
            .Select(name => name["work[".Length..^1])
            .Where(task => now.GetValueOrDefault(task) != startsBefore.GetValueOrDefault(task));
        Assert.Empty(again);
    }

    private static async Task<HashSet<string>> SucceededAsync(TemporaryProject project) =>
        [.. (await project.TasksAsync("1", "--only", "succeeded")).Select(task => task.Name)];

    private static async Task<IReadOnlyList<RunView>> RunsAsync(TemporaryProject project) => await project.RunsAsync();
}
