using Plimsoll.Core.Ports;

namespace Plimsoll.Journal.Rows;

/// <summary>A turn that waits for its commit.</summary>
internal sealed class QueuedTurn(FactBatch batch)
{
    internal FactBatch Batch { get; } = batch;

    internal TaskCompletionSource<AppendResult> Answer { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
}
