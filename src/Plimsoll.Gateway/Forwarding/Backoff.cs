using System.Security.Cryptography;
using Plimsoll.Core.Lifecycle;

namespace Plimsoll.Gateway.Forwarding;

/// <summary>How long to wait after a failure, drawn anew each time.</summary>
internal sealed class Backoff
{
    private static readonly BackoffPolicy Policy = new(TimeSpan.FromSeconds(0.5), TimeSpan.FromSeconds(20));

    private readonly Lock gate = new();
    private readonly Random random = new(RandomNumberGenerator.GetInt32(int.MaxValue));

    /// <param name="failures">Before this one.</param>
    public TimeSpan After(int failures)
    {
        lock (gate)
            return Policy.Delay(failures + 1, random.NextDouble());
    }
}
