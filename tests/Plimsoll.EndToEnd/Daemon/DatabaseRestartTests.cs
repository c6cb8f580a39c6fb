using Plimsoll.EndToEnd.Support;
using Plimsoll.Tests.Support;
using Xunit;

namespace Plimsoll.EndToEnd.Daemon;

/// <summary>Restarts of PostgreSQL under <c>plimsoll serve</c> with its journal there, under a load of mixed tasks.</summary>
public sealed class DatabaseRestartTests(ITestOutputHelper output)
{
    private const int Seed = 20261122;
    private const int MostWaiting = 36;
    private static readonly int Restarts = TestLevel.Count(quick: 2, all: 5, soak: 50);

    [Fact]
    public async Task The_database_is_restarted_at_random_moments_and_nothing_is_lost_or_runs_twice()
    {
        Component.Require("flock");
        Component.Require("psql");
        Component.RequireThat(PostgresServer.Programs is not null, "postgresql");
        await using PostgresServer server = await PostgresServer.StartAsync();
        string url = server.Url("postgres");
        using TemporaryProject project = new();
        project.Environment["PLIMSOLL_JOURNAL"] = url;
        MixedLoad load = new(project, Seed);
        await project.CommitAllAsync();
        Random random = new(Seed);
        using ServiceProcess service = new(project, "-j", "12");
        await service.ReadyAsync();
        using CancellationTokenSource enough = new();
        Task submitting = SubmitAsync(service, load, enough.Token);
        for (int restart = 0; restart < Restarts; restart++)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(random.Next(200, 2500)), TimeProvider.System, TestContext.Current.CancellationToken);
            await server.StopAsync(restart % 2 == 0 ? "QUIT" : "INT"); // immediate: sessions are cut; fast: they are told
            // Timeouts go on while the database is away, also that of an attempt which has not begun; the shortest is 3 s.
            await Task.Delay(TimeSpan.FromMilliseconds(random.Next(0, 1000)), TimeProvider.System, TestContext.Current.CancellationToken);
            await server.StartAgainAsync();
        }

        await enough.CancelAsync();
        await submitting;
        await load.CompleteAsync(service);
        await service.IdleAsync(TimeSpan.FromMinutes(10));
        service.AskToStop();
        Assert.Equal(0, (await service.StoppedAsync()).Left);
        await project.NothingRunsAsync();
        KillReport report = new(load, await project.TasksAsync("1"), await JournalledAttempt.AllAsync(project, url));
        output.WriteLine($"{Restarts} restarts of the database: {report}");
        report.AssertTrue();
    }

    private static async Task SubmitAsync(ServiceProcess service, MixedLoad load, CancellationToken enough)
    {
        using PeriodicTimer pause = new(TimeSpan.FromMilliseconds(25), TimeProvider.System);
        while (!enough.IsCancellationRequested && await pause.WaitForNextTickAsync(TestContext.Current.CancellationToken))
        {
            if (load.Accepted.Count - load.Log.Starts.Count < MostWaiting)
            {
                await load.SubmitAsync(service);
            }
        }
    }
}
