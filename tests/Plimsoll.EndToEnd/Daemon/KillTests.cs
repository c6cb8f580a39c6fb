using Plimsoll.Client.Services;
using Plimsoll.EndToEnd.Support;
using Plimsoll.Tests.Support;
using Xunit;

namespace Plimsoll.EndToEnd.Daemon;

/// <summary>kill -9 of <c>plimsoll serve</c> at random moments under a load of mixed tasks; each time a new one takes over.</summary>
public sealed class KillTests(ITestOutputHelper output)
{
    private const int Seed = 20261121;
    private const int MostWaiting = 36;
    private static readonly int Kills = TestLevel.Count(quick: 4, all: 25, soak: 500);

    [Fact]
    public async Task Killed_at_random_moments_it_loses_nothing_runs_nothing_twice_and_takes_over_every_living_task()
    {
        Component.Require("flock");
        Component.Require("sqlite3");
        using TemporaryProject project = new();
        MixedLoad load = new(project, Seed);
        await project.CommitAllAsync();
        Random random = new(Seed);
        int adopted = 0;
        int living = 0;
        for (int kill = 0; kill < Kills; kill++)
        {
            LoggedStart[] before = Living(load);
            using ServiceProcess service = new(project, "-j", "12");
            using CancellationTokenSource killed = new();
            Task submitting = SubmitAsync(service, load, killed.Token);
            await Task.Delay(TimeSpan.FromMilliseconds(random.Next(50, 2500)), TimeProvider.System, TestContext.Current.CancellationToken);
            await service.KillAsync();
            await killed.CancelAsync();
            await submitting;
            if (service.Ready is { } ready)
            {
                // Those that lived before and after were alive all the time, so it must have taken them over.
                int through = before.Count(start => start.IsSupervised);
                Assert.True(ready.Adopted >= through, $"kill {kill}: {through} lived on and {ready.Adopted} were taken over\n{service.Seen}");
                adopted += ready.Adopted;
                living += through;
            }
        }

        using ServiceProcess last = new(project, "-j", "12");
        ServiceReadyView final = await last.ReadyAsync();
        await load.CompleteAsync(last);
        await last.IdleAsync(TimeSpan.FromMinutes(10));
        last.AskToStop();
        Assert.Equal(0, (await last.StoppedAsync()).Left);
        await project.NothingRunsAsync();
        KillReport report = new(load, await project.TasksAsync("1"), await JournalledAttempt.AllAsync(project));
        output.WriteLine($"{Kills} kills: {report}; {adopted + final.Adopted} times a living task was taken over ({living} checked by process number)");
        report.AssertTrue();
    }

    private static LoggedStart[] Living(MixedLoad load) => [.. load.Log.Open.Where(start => start.IsSupervised)];

    /// <summary>Keeps the service busy until it is killed.</summary>
    private static async Task SubmitAsync(ServiceProcess service, MixedLoad load, CancellationToken killed)
    {
        using PeriodicTimer pause = new(TimeSpan.FromMilliseconds(25), TimeProvider.System);
        while (!killed.IsCancellationRequested && await pause.WaitForNextTickAsync(TestContext.Current.CancellationToken))
        {
            if (service.Ready is not null && load.Accepted.Count - load.Log.Starts.Count < MostWaiting)
            {
                await load.SubmitAsync(service);
            }
        }
    }
}
