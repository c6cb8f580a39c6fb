using System.Collections.Immutable;
using Plimsoll.Core.Admission;
using Plimsoll.Core.Capacity;
using Plimsoll.Core.Lifecycle;
using Plimsoll.Core.Units;

namespace Plimsoll.Core.Guarding;

/// <summary>Publishes what the guard has to know, when it has changed; O(live).</summary>
internal sealed class GuardViews(KernelState state)
{
    private const double MicroDollars = 1e6;

    private long version = -1;
    private Bytes? reserve;
    private bool protects;

    /// <summary>The next view, or null while the last one still holds.</summary>
    public GuardView? Next()
    {
        bool protect = state.Limits.Concurrency is not FixedConcurrency { Protect: false };
        if (version == state.Node.Version && reserve == state.Limits.Reserve && protects == protect)
        {
            return null;
        }

        (version, reserve, protects) = (state.Node.Version, state.Limits.Reserve, protect);
        return Of(state, state.Node);
    }

    public static GuardView Of(KernelState state, NodeLedger node)
    {
        ImmutableArray<GuardTask>.Builder tasks = ImmutableArray.CreateBuilder<GuardTask>(node.Live.Count);
        foreach (AttemptLease live in node.Live)
        {
            tasks.Add(new GuardTask(
                live.Attempt,
                new Bytes(live.Footprint.Settled),
                new Bytes(live.Footprint.Burst),
                live.Shape.Class.Profile.HasSamples,
                state.Tasks.Priority[live.Handle],
                live.Began,
                live.Usage.Calls == 0 ? null : live.Usage.InputTokens + live.Usage.OutputTokens,
                live.Usage.Calls == 0 ? null : live.Usage.MicroDollars / MicroDollars,
                live.Kill is not null));
        }

        return new GuardView(tasks.MoveToImmutable(), state.Limits.Reserve, state.Limits.Concurrency is not FixedConcurrency { Protect: false });
    }
}
