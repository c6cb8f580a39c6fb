namespace Plimsoll.Watch.Samples;

/// <summary>How many tasks stand where.</summary>
/// <param name="Waiting">For other tasks.</param>
/// <param name="Ready">For capacity, a lock, a breaker or their turn.</param>
/// <param name="Running">Admitted and alive, without frozen ones.</param>
public sealed record QueueReading(long Waiting, long Ready, long Retrying, int Running, int Frozen)
{
    /// <summary>The ready task that waits longest; null when none is ready.</summary>
    public OldestReady? Oldest { get; init; }

    /// <summary>True while nothing is started on request.</summary>
    public bool IntakePaused { get; init; }
}
