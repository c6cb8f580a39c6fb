using System.Threading.Channels;
using Plimsoll.Gateway.Callers;
using Xunit;

namespace Plimsoll.Tests.Gateway;

/// <summary>Keeps what the gateway has told of ended requests.</summary>
internal sealed class RecordedCalls : ICallObserver
{
    private readonly Channel<CallRecord> calls = Channel.CreateUnbounded<CallRecord>();

    private readonly Channel<KeptStream> kept = Channel.CreateUnbounded<KeptStream>();

    public void Kept(KeptStream stream)
    {
        kept.Writer.TryWrite(stream);
    }

    /// <summary>The next stream that was kept for a frozen attempt; waits for it.</summary>
    public async Task<KeptStream> NextKeptAsync() =>
        await kept.Reader.ReadAsync(TestContext.Current.CancellationToken).AsTask().WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);

    public void Ended(CallRecord call)
    {
        calls.Writer.TryWrite(call);
    }

    /// <summary>The next record in order; waits for it.</summary>
    public async Task<CallRecord> NextAsync() =>
        await calls.Reader.ReadAsync(TestContext.Current.CancellationToken).AsTask().WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
}
