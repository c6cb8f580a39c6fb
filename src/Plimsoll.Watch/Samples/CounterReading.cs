namespace Plimsoll.Watch.Samples;

/// <summary>Counters of the whole daemon; each only grows.</summary>
/// <param name="Started">Attempts started.</param>
/// <param name="Ended">Attempts ended, however.</param>
/// <param name="OutOfMemoryKills">Kills by the kernel, of tasks and of the host.</param>
/// <param name="Evictions">Attempts ended by the pressure ladder.</param>
/// <param name="StaleFences">Requests that came with a fence that is no longer the newest.</param>
/// <param name="Errors">Requests answered 5xx and work of the daemon that failed.</param>
/// <param name="Requests">Requests answered.</param>
public sealed record CounterReading(
    long Started,
    long Ended,
    long OutOfMemoryKills,
    long Evictions,
    long StaleFences,
    long Errors,
    long Requests)
{
    /// <summary>Tokens of models, in and out.</summary>
    public long Tokens { get; init; }

    public long MicroDollars { get; init; }
}
