using System.Collections.Immutable;

namespace Plimsoll.Core.Lifecycle;

/// <summary>Which endings of a task are tried again, how often and after which delay.</summary>
/// <param name="Retries">Attempts after the first one, 0..100.</param>
/// <param name="Outcomes">Outcomes that may be retried; empty means failed, timed_out, out_of_memory and start_failed.</param>
/// <param name="ExitCodes">When not empty, a failed attempt is retried only with one of these exit codes.</param>
public sealed record RetryPolicy(
    int Retries,
    BackoffPolicy Backoff,
    ImmutableArray<AttemptOutcome> Outcomes,
    ImmutableArray<int> ExitCodes)
{
    public static RetryPolicy None { get; } = new(0, BackoffPolicy.Default, [], []);
}
