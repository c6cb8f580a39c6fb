using System.Collections.Concurrent;
using Plimsoll.Core.Effects;
using Plimsoll.Core.Identity;
using Plimsoll.Core.Units;
using Plimsoll.Daemon.Gateways;
using Plimsoll.Engine.Diagnostics;
using Plimsoll.Engine.Guarding;
using Plimsoll.Engine.Isolation;
using Plimsoll.Engine.Processes;

namespace Plimsoll.Daemon.Hosting;

/// <summary>Carries out the pressure ladder on processes; in-process work holds next to nothing and is left alone.</summary>
/// <remarks>Called by the guard's thread only. Without a parent cgroup nothing backs the ladder up.</remarks>
internal sealed class PressureControl : IPressureControl, IDisposable
{
    private const int MostWaiting = 64;

    private readonly ProcessExecutor processes;
    private readonly TaskParent? parent;
    private readonly BlockingCollection<ReclaimRequest> reclaims = new(MostWaiting);
    private readonly OwnedThread thread;
    private bool reclaiming;
    private long limitBytes;

    public PressureControl(ProcessExecutor processes, TaskParent? parent, Action<Exception> failed)
    {
        this.processes = processes;
        this.parent = parent;
        thread = new OwnedThread(nameof(PressureControl), "reclaim", ReclaimAll, failed);
    }

    /// <summary>Set once, before the first attempt starts; null where no model calls are relayed.</summary>
    public GatewayLink? Gateway { get; init; }

    /// <remarks>First its streams: what arrives between the two steps would be sent to a program that no longer reads.</remarks>
    public void Freeze(AttemptId attempt)
    {
        Gateway?.Freeze(attempt, frozen: true);
        _ = processes.Freeze(attempt);
    }

    public void Thaw(AttemptId attempt)
    {
        _ = processes.Thaw(attempt);
        Gateway?.Freeze(attempt, frozen: false);
    }

    public void Hold(bool held) => Gateway?.Hold(held);

    /// <remarks>The kernel works on it while the caller waits, so another thread asks; when many wait already, memory is not what is missing.</remarks>
    public void Reclaim(AttemptId attempt, Bytes amount)
    {
        if (!reclaiming)
        {
            reclaiming = true;
            thread.Start();
        }

        _ = reclaims.TryAdd(new ReclaimRequest(attempt, amount));
    }

    public void Evict(AttemptId attempt) => processes.Kill(attempt, TimeSpan.Zero, KillReason.Evicted);

    public void LimitAll(Bytes limit, Bytes slack)
    {
        // A change smaller than the slack would be a write a quarter of a second for nothing.
        if (parent is not null && Math.Abs(limit.Value - limitBytes) > slack.Value)
        {
            limitBytes = parent.SetAggregate(limit, slack)?.Value ?? limit.Value;
        }
    }

    public void Dispose()
    {
        reclaims.CompleteAdding();
        thread.Dispose();
        reclaims.Dispose();
    }

    private void ReclaimAll()
    {
        foreach (ReclaimRequest request in reclaims.GetConsumingEnumerable())
        {
            _ = processes.Reclaim(request.Attempt, request.Amount);
        }
    }
}
