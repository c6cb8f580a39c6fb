using Plimsoll.Core.Effects;
using Plimsoll.Core.Identity;
using Plimsoll.Core.Units;
using Plimsoll.Engine.Guarding;
using Plimsoll.Engine.Isolation;
using Plimsoll.Engine.Processes;

namespace Plimsoll.Daemon.Hosting;

/// <summary>Carries out the pressure ladder on processes; in-process work holds next to nothing and is left alone.</summary>
/// <remarks>Called by the guard's thread only.</remarks>
/// <param name="parent">The cgroup of all attempts; null = there is none, and nothing backs the ladder up.</param>
internal sealed class PressureControl(ProcessExecutor processes, TaskParent? parent) : IPressureControl
{
    private long limitBytes;

    public void Freeze(AttemptId attempt) => _ = processes.Freeze(attempt);

    public void Thaw(AttemptId attempt) => _ = processes.Thaw(attempt);

    public void Reclaim(AttemptId attempt, Bytes amount) => _ = processes.Reclaim(attempt, amount);

    public void Evict(AttemptId attempt) => processes.Kill(attempt, TimeSpan.Zero, KillReason.Evicted);

    public void LimitAll(Bytes limit, Bytes slack)
    {
        // A change smaller than the slack would be a write a quarter of a second for nothing.
        if (parent is not null && Math.Abs(limit.Value - limitBytes) > slack.Value)
        {
            limitBytes = parent.SetAggregate(limit, slack)?.Value ?? limit.Value;
        }
    }
}
