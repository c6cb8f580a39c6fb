using Plimsoll.Core.Limits;
using Plimsoll.Core.Limits.Learning;
using Xunit;
using static Plimsoll.Tests.Core.Limits.LimitSeeds;

namespace Plimsoll.Tests.Core.Limits.Learning;

public sealed class OutputGateTests
{
    // 6,000 a minute: 100 a second, a burst of 100.
    private readonly ProviderBucket bucket = new(Rate.PerMinute(6000), Start, level: 100);
    private readonly LimitVector vector;

    public OutputGateTests()
    {
        vector = new LimitVector(new Dictionary<Dimension, ILimit> { [Dimension.OutputTokens] = bucket }, new OutputGate(bucket));
    }

    [Theory]
    [InlineData(100, 6)]
    [InlineData(50, 5)]
    [InlineData(1, 5)]
    public void Speeds_stay_within_the_rate_and_a_fifth_of_the_level(long level, int admitted)
    {
        bucket.Take(100 - level, Start);
        for (int index = 0; index < admitted; index++)
        {
            Assert.True(Take(new OutputEstimate(20, 0, 20)).IsNow, $"answer {index}");
        }

        Assert.False(Take(new OutputEstimate(20, 0, 20)).IsNow);
    }

    // 20 s x 100 + 100 = 2,100 tokens; three answers of 40 a second are within the speed, each with at most 800 tokens in 20 s.
    [Theory]
    [InlineData(100, 0, 3)]
    [InlineData(700, 0, 3)]
    [InlineData(701, 0, 2)]
    [InlineData(5000, 0, 2)]
    [InlineData(600, 100, 3)]
    [InlineData(600, 110, 2)]
    public void Output_expected_within_20_seconds_stays_within_what_refills_in_them(double mean, double deviation, int admitted)
    {
        int count = 0;
        while (Take(new OutputEstimate(mean, deviation, 40)).IsNow)
        {
            count++;
        }

        Assert.Equal(admitted, count);
    }

    [Fact]
    public void Nothing_is_reserved_and_an_empty_bucket_admits_nobody()
    {
        Assert.True(Take(new OutputEstimate(20, 0, 10)).IsNow);
        Assert.Equal(100, bucket.Level(Start));
        bucket.Take(100, Start);
        Opening opening = vector.OpeningFor(new Demand(new Amounts(1), new OutputEstimate(20, 0, 10)), Start);
        Assert.Equal(OpeningKind.Later, opening.Kind);
        Assert.True(vector.OpeningFor(new Demand(new Amounts(1), new OutputEstimate(20, 0, 10)), opening.NotBefore).IsNow);
        Assert.False(vector.OpeningFor(new Demand(new Amounts(1), new OutputEstimate(20, 0, 10)), TickBefore(opening.NotBefore)).IsNow);
    }

    [Fact]
    public void One_answer_faster_than_the_whole_quota_passes_alone_with_a_full_bucket()
    {
        var fast = new OutputEstimate(100_000, 0, 5000);
        bucket.Take(50, Start);
        Assert.Equal(At(0.5), vector.OpeningFor(new Demand(new Amounts(1), fast), Start).NotBefore);
        Assert.True(vector.TryTake(new Demand(new Amounts(1), fast), At(0.5), TimeSpan.FromMinutes(1), out HoldId hold).IsNow);
        Assert.Equal(OpeningKind.OnRelease, vector.OpeningFor(new Demand(new Amounts(1), fast), At(0.5)).Kind);
        vector.Settle(hold, new Amounts(1), At(0.5));
        Assert.True(vector.OpeningFor(new Demand(new Amounts(1), fast), At(0.5)).IsNow);
    }

    [Theory]
    [InlineData(400, 0, 0, 400)]
    [InlineData(400, 0, 300, 100)]
    [InlineData(400, 0, 900, 0)]
    [InlineData(400, 400, 300, 400)]
    [InlineData(4000, 0, 0, 1000)]
    public void What_is_still_to_come_follows_from_what_came(double mean, double deviation, double produced, double expected)
    {
        (double next, double variance) = new OutputEstimate(mean, deviation, 50).Within(TimeSpan.FromSeconds(20), produced);
        Assert.Equal(expected, next, 6);
        Assert.InRange(variance, 0, Math.Min(deviation * deviation, next * (1000 - next)));
    }

    private Opening Take(OutputEstimate estimate) => vector.TryTake(new Demand(new Amounts(1), estimate), Start, TimeSpan.FromMinutes(1), out _);
}
