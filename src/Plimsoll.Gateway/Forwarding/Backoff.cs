using System.Security.Cryptography;

namespace Plimsoll.Gateway.Forwarding;

/// <summary>How long to wait after a failure: exponential with full jitter.</summary>
/// <remarks>M. Brooker, "Exponential backoff and jitter", AWS Architecture Blog, 2015.</remarks>
internal sealed class Backoff
{
    private const double FirstSeconds = 0.5;
    private const double MostSeconds = 20;

    private readonly Lock gate = new();
    private readonly Random random = new(RandomNumberGenerator.GetInt32(int.MaxValue));

    /// <param name="failures">Before this one.</param>
    public TimeSpan After(int failures)
    {
        double most = Math.Min(MostSeconds, FirstSeconds * Math.Pow(2, Math.Min(failures, 16)));
        lock (gate)
            return TimeSpan.FromSeconds(most * random.NextDouble());
    }
}
