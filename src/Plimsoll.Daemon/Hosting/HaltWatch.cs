using System.Globalization;
using Plimsoll.Client.Events;
using Plimsoll.Core.Facts;
using Plimsoll.Core.Identity;
using Plimsoll.Core.Lifecycle;
using Plimsoll.Core.Ports;
using Plimsoll.Daemon.Requests;

namespace Plimsoll.Daemon.Hosting;

/// <summary>Stops a run when its policy's number of ends is durable; what is admitted by then still counts.</summary>
/// <remarks>On the loop's thread, because a view that is told later would let dozens of short tasks start meanwhile.</remarks>
internal sealed class HaltWatch(RunId run, HaltPolicy policy, Action<StopMode> stop, Action<WarningView> tell) : IFactObserver
{
    private int failed;
    private int succeeded;

    /// <summary>Whether the policy stopped the run.</summary>
    public bool Halted { get; private set; }

    public void Observe(IReadOnlyList<Fact> facts)
    {
        for (int i = 0; i < facts.Count && !Halted; i++)
        {
            if (facts[i] is not AttemptFinished fact || fact.Attempt.Task.Run != run)
            {
                continue;
            }

            failed += fact.Next is TaskState.Failed or TaskState.Dead ? 1 : 0;
            succeeded += fact.Next == TaskState.Succeeded ? 1 : 0;
            if (policy.IsReached(failed, succeeded))
            {
                Halt(fact.At);
            }
        }
    }

    private void Halt(DateTimeOffset at)
    {
        Halted = true;
        string then = policy.Now ? "ending what runs" : "waiting for what runs";
        tell(new WarningView(at, run.Value, "halt", string.Create(CultureInfo.InvariantCulture, $"halting after {failed} failed and {succeeded} succeeded: {then}")));
        stop(policy.Now ? StopMode.Immediate : StopMode.Drain);
    }
}
