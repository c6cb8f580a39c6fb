using System.Collections.Concurrent;
using Plimsoll.Core.Identity;
using Plimsoll.Core.Inputs;
using Plimsoll.Core.Ports;
using Plimsoll.Engine.InProcess;
using Plimsoll.Tests.Support;
using Xunit;

namespace Plimsoll.Tests.Engine.InProcess;

public sealed class NoopExecutorTests : IInputSink, IDisposable
{
    private readonly ConcurrentQueue<AttemptEnded> ended = new();
    private readonly SemaphoreSlim arrived = new(0);

    [Fact]
    public void Work_of_no_duration_ends_within_its_start()
    {
        using NoopExecutor executor = new(this, TimeProvider.System, Fail);
        executor.Start(Attempt(1), TimeSpan.Zero);
        Assert.Equal(0, Assert.Single(ended).Report.ExitCode);
    }

    [Fact]
    public async Task Work_ends_in_the_order_of_its_due_times_and_never_early()
    {
        using NoopExecutor executor = new(this, TimeProvider.System, Fail);
        long begun = TimeProvider.System.GetTimestamp();
        executor.Start(Attempt(1), TimeSpan.FromMilliseconds(60));
        executor.Start(Attempt(2), TimeSpan.FromMilliseconds(20));
        executor.Start(Attempt(3), TimeSpan.FromMilliseconds(40));
        await Arrive(3);
        Assert.True(TimeProvider.System.GetElapsedTime(begun) >= TimeSpan.FromMilliseconds(60));
        Assert.Equal([2, 3, 1], ended.Select(end => end.Attempt.Number));
    }

    [Fact]
    public async Task A_kill_ends_work_once_and_at_once()
    {
        using NoopExecutor executor = new(this, TimeProvider.System, Fail);
        executor.Start(Attempt(1), TimeSpan.FromMilliseconds(20));
        executor.Kill(Attempt(1));
        executor.Kill(Attempt(1));
        executor.Start(Attempt(2), TimeSpan.FromMilliseconds(40));
        await Arrive(2);
        Assert.Equal([15, null], ended.Select(end => end.Report.Signal));
    }

    [Fact]
    public void Dispose_ends_what_still_runs()
    {
        NoopExecutor executor = new(this, TimeProvider.System, Fail);
        executor.Start(Attempt(1), TimeSpan.FromHours(1));
        executor.Dispose();
        Assert.Equal(15, Assert.Single(ended).Report.Signal);
    }

    [Fact]
    public async Task Every_one_of_many_short_works_ends()
    {
        int count = TestLevel.Count(quick: 20_000, all: 200_000, soak: 2_000_000);
        using NoopExecutor executor = new(this, TimeProvider.System, Fail);
        for (int number = 1; number <= count; number++)
            executor.Start(Attempt(number), TimeSpan.FromTicks(number % 1000));

        await Arrive(count);
        Assert.Equal(count, ended.Select(end => end.Attempt.Number).Distinct().Count());
    }

    public void Dispose() => arrived.Dispose();

    void IInputSink.Post(Input input)
    {
        ended.Enqueue((AttemptEnded)input);
        arrived.Release();
    }

    private static AttemptId Attempt(int number) => new(new TaskId(new RunId(1), 0), number, number);

    private static void Fail(Exception exception) => Assert.Fail(exception.ToString());

    private async Task Arrive(int count)
    {
        for (int index = 0; index < count; index++)
            Assert.True(await arrived.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken));
    }
}
