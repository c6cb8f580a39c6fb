using Plimsoll.Engine.Diagnostics;

namespace Plimsoll.Engine.Loop;

/// <summary>Measures the phases of one turn while somebody listens; otherwise it costs a comparison per phase.</summary>
internal ref struct PhaseTimer
{
    private readonly KernelClock? clock;
    private DateTimeOffset at;

    public PhaseTimer(KernelClock clock)
    {
        if (LoopEventSource.Log.IsEnabled())
        {
            this.clock = clock;
            at = clock.Now;
        }
    }

    /// <summary>Ends a phase and begins the next.</summary>
    public void End(string phase)
    {
        if (clock is not null)
        {
            DateTimeOffset now = clock.Now;
            LoopEventSource.Log.Phase(phase, (now - at).TotalMicroseconds);
            at = now;
        }
    }
}
