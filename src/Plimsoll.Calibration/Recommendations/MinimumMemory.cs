namespace Plimsoll.Calibration.Recommendations;

/// <summary>Finds the smallest memory limit under which a job does its work, by trying.</summary>
/// <remarks>
/// The range between a limit that failed and one that held is halved (geometrically) until it is no wider than the precision; the limit
/// that came out has to hold again, and when it does not, what is above it is searched on.
/// </remarks>
public sealed class MinimumMemory(Func<long, CancellationToken, Task<bool>> holds)
{
    /// <summary>With the one that has no limit, twelve.</summary>
    public const int MostRuns = 11;

    public const double Precision = 0.04;
    private const int Confirmations = 3;
    private const double LowestShare = 0.5;
    private const double Upwards = 1.5;
    private readonly List<(long Bytes, bool Held)> tried = [];

    /// <summary>Every try, in order.</summary>
    public IReadOnlyList<(long Bytes, bool Held)> Tried => tried;

    /// <param name="peakBytes">What the job was seen to hold without a limit.</param>
    /// <returns>The smallest limit that held; null when none was found in <see cref="MostRuns"/> runs.</returns>
    public async Task<MinimumFound?> FindAsync(long peakBytes, CancellationToken cancellationToken)
    {
        double low = peakBytes * LowestShare, high = peakBytes * (1 + Precision);
        while (!await TryAsync(high, cancellationToken))
        {
            (low, high) = (high, high * Upwards);
            if (tried.Count >= MostRuns)
            {
                return null;
            }
        }

        int held = 1;
        bool isFloorSeen = tried.Count > 1;
        while (tried.Count < MostRuns && (high / low > 1 + Precision || held < Confirmations))
        {
            bool isNarrow = high / low <= 1 + Precision;
            if (isNarrow && !isFloorSeen && tried.Count < MostRuns - Confirmations)
            {
                // Everything has held so far: the job needs far less than it takes.
                (low, isNarrow) = (low * LowestShare, false);
            }

            double at = isNarrow ? high : Math.Sqrt(low * high);
            bool isHeld = await TryAsync(at, cancellationToken);
            if (isNarrow && !isHeld)
            {
                // What held before did not again: the truth is above.
                (low, high, held) = (high, high * (1 + (2 * Precision)), 0);
            }
            else if (isNarrow)
            {
                held++;
            }
            else if (isHeld)
            {
                (high, held) = (at, 1);
            }
            else
            {
                (low, isFloorSeen) = (at, true);
            }
        }

        return held > 0 ? new MinimumFound((long)high, (long)low, held, tried.Count) : null;
    }

    private async Task<bool> TryAsync(double bytes, CancellationToken cancellationToken)
    {
        bool held = await holds((long)bytes, cancellationToken);
        tried.Add(((long)bytes, held));
        return held;
    }
}
