using Plimsoll.Core.Limits.Learning;
using Xunit;
using static Plimsoll.Tests.Core.Limits.LimitSeeds;

namespace Plimsoll.Tests.Core.Limits.Learning;

public sealed class EstimatorTests
{
    [Fact]
    public void Four_bytes_make_a_token_until_the_model_shows_otherwise()
    {
        var estimator = new InputEstimator();
        Assert.Equal(1000, estimator.Estimate("m", 4000));
        Assert.Equal(700, estimator.Estimate("m", 4000, cachedTokens: 300));
        Assert.Equal(1, estimator.Estimate("m", 4000, cachedTokens: 5000));
        for (int answer = 0; answer < 400; answer++)
        {
            estimator.Learn("m", 30_000, 10_000);
        }

        Assert.Equal(3, estimator.BytesPerToken("m"), 3);
        Assert.Equal(4, estimator.BytesPerToken("other"));
    }

    [Fact]
    public void Short_requests_do_not_distort_the_ratio()
    {
        var estimator = new InputEstimator();
        for (int answer = 0; answer < 200; answer++)
        {
            estimator.Learn("m", 40_000, 10_000);
            estimator.Learn("m", 10, 100);
        }

        Assert.InRange(estimator.BytesPerToken("m"), 3.9, 4.0);
    }

    [Fact]
    public void Length_spread_and_speed_of_answers_are_learned_per_class()
    {
        Each(50, random =>
        {
            var estimator = new OutputEstimator();
            Assert.Equal(OutputEstimate.Prior, estimator.For("a"));
            for (int answer = 0; answer < 300; answer++)
            {
                long tokens = random.Next(100, 300);
                estimator.Learn("a", tokens, TimeSpan.FromSeconds(tokens / 40.0));
                estimator.Learn("b", 5000, TimeSpan.FromSeconds(100));
            }

            OutputEstimate learned = estimator.For("a");
            Assert.InRange(learned.MeanTokens, 150, 250);
            Assert.InRange(learned.DeviationTokens, 25, 90);
            Assert.Equal(40, learned.TokensPerSecond, 3);
            Assert.Equal(5000, estimator.For("b").MeanTokens, 6);
            Assert.Equal(0, estimator.For("b").DeviationTokens, 6);
            Assert.InRange(estimator.For("unseen").MeanTokens, 1000, 4500);
        });
    }
}
