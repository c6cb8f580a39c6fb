using Plimsoll.Calibration.ProviderModel.Accounts;
using Plimsoll.Calibration.ProviderModel.Answers;
using Plimsoll.Calibration.ProviderModel.Caching;
using Plimsoll.Calibration.ProviderModel.Quotas;
using Xunit;

namespace Plimsoll.Tests.Calibration.ProviderModel;

public sealed class PromptCacheTests
{
    private static readonly DateTimeOffset Start = Modelled.Start;
    private static readonly PromptPrefix Tools = new(1, 5_000);
    private static readonly PromptPrefix Talk = new(2, 8_000);

    [Fact]
    public void Parallel_requests_with_the_same_cold_prefix_each_pay_for_the_write()
    {
        ProviderAccount account = Account();
        AnswerPlan[] plans = [.. new[] { 0, 0.5, 0.999, 1 }.Select(at => account.Answer(Prompt(Tools), Start.AddSeconds(at)))];
        Assert.Equal([new(5_000, 5_000, 0, 10), new(5_000, 5_000, 0, 10), new(5_000, 5_000, 0, 10), new TokenUsage(5_000, 0, 5_000, 10)], plans.Select(plan => plan.Usage));
    }

    [Fact]
    public void Reads_do_not_count_as_input_and_writes_do()
    {
        ProviderAccount account = Account();
        account.Answer(Prompt(Tools), Start);
        Assert.Equal(10_000, account.Charged("model", QuotaDimension.InputTokens, Start.AddSeconds(1)));
        AnswerPlan longer = account.Answer(Prompt(Tools, Talk), Start.AddSeconds(1));
        Assert.Equal(new TokenUsage(2_000, 3_000, 5_000, 10), longer.Usage);
        Assert.Equal(15_000, account.Charged("model", QuotaDimension.InputTokens, Start.AddSeconds(2)));
        AnswerPlan again = account.Answer(Prompt(Tools, Talk), Start.AddSeconds(2));
        Assert.Equal(new TokenUsage(2_000, 0, 8_000, 10), again.Usage);
        Assert.Equal(17_000, account.Charged("model", QuotaDimension.InputTokens, Start.AddSeconds(3)));
    }

    [Fact]
    public void A_read_prolongs_the_life_of_a_prefix()
    {
        ProviderAccount account = Account();
        double[] minutes = [0, 4.9, 9.8, 14.7, 19.8];
        Assert.Equal([0, 5_000, 5_000, 5_000, 0], minutes.Select(minute => account.Answer(Prompt(Tools), Start.AddMinutes(minute)).Usage.CacheRead));
    }

    [Fact]
    public void A_short_prefix_is_not_kept()
    {
        ProviderAccount account = Account();
        Assert.Equal([0, 0], new[] { 0, 2 }.Select(at => account.Answer(Prompt(new PromptPrefix(3, 1_023)), Start.AddSeconds(at)).Usage.CacheRead));
    }

    [Fact]
    public void The_usage_of_every_interface_tells_what_was_cached()
    {
        ProviderAccount account = ProviderOptions.OpenAI(new(60)).Exact().Account();
        foreach (ApiForm form in new[] { ApiForm.ChatCompletions, ApiForm.Responses })
            account.Answer(Prompt(Tools) with { Form = form }, Start);
        Assert.Contains("\"cached_tokens\":5000", account.Answer(Prompt(Tools) with { Form = ApiForm.ChatCompletions, IncludesUsage = true }, Start.AddSeconds(2)).Body(), StringComparison.Ordinal);
        Assert.Contains("\"cached_tokens\":5000", account.Answer(Prompt(Tools) with { Form = ApiForm.Responses }, Start.AddSeconds(2)).Body(), StringComparison.Ordinal);
        Assert.Contains("\"cache_read_input_tokens\":0", Account().Answer(Prompt(Tools), Start).Body(), StringComparison.Ordinal);
    }

    private static ProviderAccount Account() => ProviderOptions.Anthropic(QuotaLimits.Anthropic[0]).Exact().Account();

    private static ProviderRequest Prompt(params PromptPrefix[] prefixes) => Modelled.Message(1, input: 10_000, output: 10) with { Prefixes = prefixes };
}
