using Plimsoll.Core.Capacity;

namespace Plimsoll.Daemon.Serving;

/// <summary>Estimates how many tasks memory carries, for displays; admission reckons with what it learned of each class.</summary>
internal static class PoolRoom
{
    private const int Most = 1024;

    /// <summary>What a task of an unknown class is taken for.</summary>
    private const long TypicalBytes = 512L << 20;

    public static int Of(MemorySample? memory, int running) =>
        Math.Clamp(running + (int)Math.Min(Most, (memory?.Free.Value ?? 0) / TypicalBytes), 1, Most);
}
