using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Plimsoll.Core.Limits.Learning;

/// <summary>Admits requests whose output is charged as it is produced, without reserving any of it.</summary>
/// <remarks>
/// A request passes if the level is above zero, the speeds of live answers and its own are within rate + level / 5 s, and the output expected
/// within 20 s, plus 1.65 standard deviations, is within level + 20 s x rate. When no answer is live, a full bucket is always enough.
/// Cost: constant; the sums over live answers are kept up to date, and added up anew after every 4,096 changes so that rounding does not gather.
/// </remarks>
public sealed class OutputGate
{
    private const double SpendingSeconds = 5;
    private const double Deviations = 1.65;
    private static readonly TimeSpan Horizon = TimeSpan.FromSeconds(20);

    private const int ChangesBetweenSums = 4096;

    private readonly Dictionary<long, Live> answers = [];
    private double speeds;
    private double means;
    private double variances;
    private int changes;

    public OutputGate(ProviderBucket bucket)
    {
        Bucket = bucket;
    }

    /// <summary>The bucket of output tokens.</summary>
    public ProviderBucket Bucket { get; }

    internal Opening OpeningFor(OutputEstimate estimate, DateTimeOffset now)
    {
        (double mean, double variance) = estimate.Within(Horizon, 0);
        double speed = speeds + estimate.TokensPerSecond;
        mean += means;
        variance = Math.Max(0, variances) + variance;
        double rate = Bucket.Rate.PerSecond;
        double forSpeed = SpendingSeconds * (speed - rate);
        double forOutput = mean + (Deviations * Math.Sqrt(variance)) - (rate * Horizon.TotalSeconds);
        double level = Math.Ceiling(Math.Max(1, Math.Max(forSpeed, forOutput)));
        if (level > Bucket.Capacity && answers.Count > 0)
        {
            return Opening.OnRelease;
        }

        return Bucket.OpeningAt((long)Math.Min(level, Bucket.Capacity), now);
    }

    internal void Open(HoldId hold, OutputEstimate estimate)
    {
        var live = Live.After(estimate, 0);
        answers.Add(hold.Value, live);
        Count(live, 1);
    }

    internal void Produced(HoldId hold, long tokens)
    {
        ref Live live = ref CollectionsMarshal.GetValueRefOrNullRef(answers, hold.Value);
        if (!Unsafe.IsNullRef(ref live))
        {
            Count(live, -1);
            live = Live.After(live.Estimate, live.Produced + tokens);
            Count(live, 1);
        }
    }

    internal void Close(HoldId hold)
    {
        if (answers.Remove(hold.Value, out Live live))
        {
            Count(live, -1);
        }
    }

    private void Count(Live live, int sign)
    {
        speeds += sign * live.Estimate.TokensPerSecond;
        means += sign * live.Mean;
        variances += sign * live.Variance;
        if (answers.Count == 0 || (sign > 0 && ++changes >= ChangesBetweenSums))
        {
            changes = 0;
            (speeds, means, variances) = (0, 0, 0);
            foreach (Live each in answers.Values)
            {
                speeds += each.Estimate.TokensPerSecond;
                means += each.Mean;
                variances += each.Variance;
            }
        }
    }

    /// <summary>What is expected of an answer, what came, and what is to come within the horizon.</summary>
    private readonly record struct Live(OutputEstimate Estimate, double Produced, double Mean, double Variance)
    {
        public static Live After(OutputEstimate estimate, double produced)
        {
            (double mean, double variance) = estimate.Within(Horizon, produced);
            return new Live(estimate, produced, mean, variance);
        }
    }
}
