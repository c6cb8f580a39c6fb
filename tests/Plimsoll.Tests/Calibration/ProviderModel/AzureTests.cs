using Plimsoll.Calibration.ProviderModel.Accounts;
using Plimsoll.Calibration.ProviderModel.Answers;
using Plimsoll.Calibration.ProviderModel.Quotas;
using Xunit;

namespace Plimsoll.Tests.Calibration.ProviderModel;

public sealed class AzureTests
{
    private static readonly DateTimeOffset Start = Modelled.Start;

    [Theory]
    [InlineData(1, 10)]
    [InlineData(10, 100)]
    public void Six_hundred_per_minute_are_checked_over_one_or_ten_seconds(int windowSeconds, int allowed)
    {
        ProviderOptions options = ProviderOptions.Azure(new(600)).Exact();
        ProviderAccount account = (options with { Shape = options.Shape with { Depth = TimeSpan.FromSeconds(windowSeconds) } }).Account();
        DateTimeOffset late = Start.AddSeconds(0.75);
        for (int request = 0; request < allowed; request++)
            Assert.Equal(200, account.Answer(Modelled.Chat(request), late).Status);
        AnswerPlan refused = account.Answer(Modelled.Chat(allowed), late);
        Assert.Equal(429, refused.Status);
        Assert.Equal($"{(windowSeconds * 1_000) - 750}", refused.Header("retry-after-ms"));
        Assert.Equal($"{windowSeconds}", refused.Header("retry-after"));
        Assert.Equal("429", (string?)refused.Error()["code"]);
        Assert.Contains($"Please retry after {windowSeconds} seconds.", (string?)refused.Error()["message"], StringComparison.Ordinal);
        Assert.Equal(200, account.Answer(Modelled.Chat(allowed), Start.AddSeconds(windowSeconds)).Status);
    }

    [Fact]
    public void A_deployment_has_a_quota_of_its_own()
    {
        ProviderAccount account = ProviderOptions.Azure(new(6)).Exact().Account();
        Assert.Equal([200, 429, 200], new[] { "east", "east", "west" }.Select(name => account.Answer(Modelled.Chat(1) with { Model = name }, Start).Status));
    }

    [Fact]
    public void Prompt_and_max_tokens_are_charged_together_and_resets_are_seconds()
    {
        ProviderAccount account = ProviderOptions.Azure(new(TokensPerMinute: 60_000)).Exact().Account();
        AnswerPlan plan = account.Answer(Modelled.Chat(1, input: 400) with { MaxTokens = 600 }, Start);
        Assert.Equal(1_000, account.Charged("model", QuotaDimension.Tokens, Start));
        Assert.Equal("9000", plan.Header("x-ratelimit-remaining-tokens"));
        Assert.Equal("10", plan.Header("x-ratelimit-reset-tokens"));
    }
}
