namespace Plimsoll.Core.Providers;

/// <summary>How embedding requests of the same model are sent together.</summary>
/// <param name="Requests">Most requests in one batch; 1: no batching.</param>
/// <param name="Window">How long the first request waits for others.</param>
public sealed record BatchingSettings(int Requests, TimeSpan Window)
{
    /// <summary>Up to 5 requests within 5 ms.</summary>
    public static BatchingSettings Default { get; } = new(5, TimeSpan.FromMilliseconds(5));
}
