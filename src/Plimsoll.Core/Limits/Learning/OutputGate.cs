using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Plimsoll.Core.Limits.Learning;

/// <summary>Admits requests whose output is charged as it is produced, without reserving any of it.</summary>
/// <remarks>
/// A request passes if the level is above zero, the speeds of live answers and its own are within rate + level / 5 s, and the output expected
/// within 20 s, plus 1.65 standard deviations, is within level + 20 s x rate. When no answer is live, a full bucket is always enough.
/// Cost: one pass over the live answers per question.
/// </remarks>
public sealed class OutputGate
{
    private const double SpendingSeconds = 5;
    private const double Deviations = 1.65;
    private static readonly TimeSpan Horizon = TimeSpan.FromSeconds(20);

    private readonly Dictionary<long, Live> answers = [];

    public OutputGate(ProviderBucket bucket)
    {
        Bucket = bucket;
    }

    /// <summary>The bucket of output tokens.</summary>
    public ProviderBucket Bucket { get; }

    internal Opening OpeningFor(OutputEstimate estimate, DateTimeOffset now)
    {
        double speed = estimate.TokensPerSecond;
        (double mean, double variance) = estimate.Within(Horizon, 0);
        foreach (Live live in answers.Values)
        {
            (double next, double spread) = live.Estimate.Within(Horizon, live.Produced);
            speed += live.Estimate.TokensPerSecond;
            mean += next;
            variance += spread;
        }

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
        answers.Add(hold.Value, new Live(estimate, 0));
    }

    internal void Produced(HoldId hold, long tokens)
    {
        ref Live live = ref CollectionsMarshal.GetValueRefOrNullRef(answers, hold.Value);
        if (!Unsafe.IsNullRef(ref live))
        {
            live = live with { Produced = live.Produced + tokens };
        }
    }

    internal void Close(HoldId hold)
    {
        answers.Remove(hold.Value);
    }

    private readonly record struct Live(OutputEstimate Estimate, double Produced);
}
