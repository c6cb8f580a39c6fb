using Plimsoll.Core.Identity;

namespace Plimsoll.Core.Lifecycle;

/// <summary>Delays before another attempt: exponential with full jitter, the same for the same seed, task and attempt.</summary>
internal static class Jitter
{
    /// <param name="failures">Attempts used up so far, from 1.</param>
    public static TimeSpan Delay(BackoffPolicy policy, ulong seed, AttemptId attempt, int failures)
    {
        ulong hash = Mix(seed ^ Mix((ulong)attempt.Task.Value) ^ Mix((ulong)attempt.Number << 32));
        return policy.Delay(failures, (hash >> 11) * (1.0 / (1UL << 53)));
    }

    /// <summary>The finaliser of SplitMix64 (G. Steele, D. Lea, C. Flood, "Fast splittable pseudorandom number generators", OOPSLA 2014).</summary>
    private static ulong Mix(ulong value)
    {
        value += 0x9E3779B97F4A7C15UL;
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9UL;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EBUL;
        return value ^ (value >> 31);
    }
}
