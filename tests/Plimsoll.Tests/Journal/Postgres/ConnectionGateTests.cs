using Plimsoll.Journal.Postgres;
using Plimsoll.Journal.Stores;
using Plimsoll.Tests.Support;
using Xunit;

namespace Plimsoll.Tests.Journal.Postgres;

public sealed class ConnectionGateTests
{
    private readonly ManualTime time = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact(Timeout = 60_000)]
    public async Task The_limit_grows_while_callers_wait_and_never_above_the_ceiling()
    {
        ConnectionGate gate = new(1, 2, 4, TimeProvider.System);
        Task[] callers = [.. Enumerable.Range(0, 6).Select(_ => gate.EnterAsync(Token).AsTask())];
        Assert.Equal((2, 2, 4), (gate.Use(0).InUse, gate.Use(0).Limit, gate.Use(0).Waiting));
        await Task.WhenAll(callers[..2]);
        await Task.WhenAny(callers[2..]);
        while (gate.Use(0) is not { InUse: 4, Limit: 4, Waiting: 2 })
        {
            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, Token);
        }

        gate.Leave();
        gate.Leave();
        await Task.WhenAll(callers);
        Assert.Equal((4, 4), (gate.Use(0).InUse, gate.Use(0).Limit));
        Assert.True(gate.Use(0).LongestWait >= TimeSpan.FromMilliseconds(100));
    }

    [Fact(Timeout = 60_000)]
    public async Task The_limit_shrinks_to_its_size_in_calm()
    {
        ConnectionGate gate = new(1, 2, 4, time);
        Task[] callers = [.. Enumerable.Range(0, 3).Select(_ => gate.EnterAsync(Token).AsTask())];
        time.Advance(TimeSpan.FromMilliseconds(100));
        await Task.WhenAll(callers);
        Assert.Equal(3, gate.Use(0).Limit);
        for (int i = 0; i < 3; i++)
        {
            time.Advance(TimeSpan.FromMinutes(2));
            gate.Leave();
        }

        Assert.Equal((0, 2), (gate.Use(0).InUse, gate.Use(0).Limit));
    }

    [Fact]
    public async Task A_caller_that_gives_up_leaves_its_place()
    {
        ConnectionGate gate = new(0, 1, 1, time);
        await gate.EnterAsync(Token);
        using CancellationTokenSource impatient = new();
        Task waiting = gate.EnterAsync(impatient.Token).AsTask();
        await impatient.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        gate.Leave();
        Assert.Equal(new PoolUse(0, 1, 1, 0, 0, 0, gate.Use(0).LongestWait), gate.Use(0));
    }

    [Fact]
    public async Task A_server_without_room_lowers_the_limit()
    {
        ConnectionGate gate = new(0, 20, 50, time);
        for (int i = 0; i < 10; i++)
        {
            await gate.EnterAsync(Token);
        }

        gate.Refused();
        Assert.Equal(9, gate.Use(0).Limit);
    }
}
