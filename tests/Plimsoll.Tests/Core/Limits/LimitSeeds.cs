using Plimsoll.Tests.Support;

namespace Plimsoll.Tests.Core.Limits;

/// <summary>Random cases for limits; a failure names its seed.</summary>
internal static class LimitSeeds
{
    public static DateTimeOffset Start { get; } = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static void Each(int quick, Action<Random> scenario)
    {
        for (int seed = 0; seed < TestLevel.Count(quick, quick * 10, quick * 100); seed++)
        {
            try
            {
                scenario(new Random(seed));
            }
            catch (Exception error)
            {
                throw new InvalidOperationException($"seed {seed}: {error.Message}", error);
            }
        }
    }

    public static DateTimeOffset At(double seconds) => Start + TimeSpan.FromSeconds(seconds);

    public static DateTimeOffset TickBefore(DateTimeOffset moment) => moment - TimeSpan.FromTicks(1);
}
