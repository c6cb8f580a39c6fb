namespace Plimsoll.Gateway.Forwarding;

/// <summary>A request that the gateway itself refuses, as a value.</summary>
/// <param name="Message">What is wrong, the value found and what to change; for the agent and its user.</param>
/// <param name="RetryAfter">When to ask again, where that helps.</param>
internal sealed record Refusal(RefusalKind Kind, string Message, TimeSpan? RetryAfter = null)
{
    /// <summary>Longer ones are ignored by some clients, and make others give up.</summary>
    private static readonly TimeSpan LongestRetryAfter = TimeSpan.FromSeconds(60);

    /// <summary>Whole seconds, rounded up, for the header; null: none.</summary>
    public int? RetryAfterSeconds => RetryAfter is { } after
        ? (int)Math.Ceiling(Math.Clamp(after.TotalSeconds, 1, LongestRetryAfter.TotalSeconds))
        : null;

    /// <summary>Whether a client that repeats by itself should do so.</summary>
    public bool IsRetryable => Kind is RefusalKind.PolicyExceeded or RefusalKind.Overloaded;
}
