using Plimsoll.Calibration.ProviderModel.Accounts;
using Plimsoll.Calibration.ProviderModel.Answers;
using Plimsoll.Calibration.ProviderModel.Faults;
using Plimsoll.Calibration.ProviderModel.Quotas;
using Xunit;

namespace Plimsoll.Tests.Calibration.ProviderModel;

public sealed class AnthropicTests
{
    private static readonly DateTimeOffset Start = Modelled.Start;

    [Fact]
    public void The_known_limits_are_those_of_the_provider()
    {
        Assert.Equal(
            [(1_000L, 2_000_000L, 400_000L), (5_000, 5_000_000, 1_000_000), (10_000, 10_000_000, 2_000_000)],
            QuotaLimits.Anthropic.Select(limits => (limits.RequestsPerMinute!.Value, limits.InputTokensPerMinute!.Value, limits.OutputTokensPerMinute!.Value)));
    }

    [Fact]
    public void Output_is_charged_as_it_is_produced_and_max_tokens_plays_no_part()
    {
        ProviderAccount account = ProviderOptions.Anthropic(QuotaLimits.Anthropic[0]).Exact().Account();
        AnswerPlan plan = account.Answer(Modelled.Message(1, output: 350) with { MaxTokens = 32_000 }, Start);
        Assert.Equal(0, account.Charged("model", QuotaDimension.OutputTokens, Start.AddSeconds(1)));
        Assert.Equal(170, account.Charged("model", QuotaDimension.OutputTokens, Start.AddSeconds(2.75)));
        Assert.Equal(350, account.Charged("model", QuotaDimension.OutputTokens, Start.AddSeconds(5)));
        Assert.Equal(350, plan.Usage.Output);
        Assert.Equal(new TokenUsage(100, 0, 0, 350), plan.Usage);
    }

    [Fact]
    public void Reserving_max_tokens_would_use_two_percent_of_the_quota()
    {
        // 350-token answers of 30 s with max_tokens 32,000 against 400,000 per minute: twelve reservations fit at a time, each for half a minute.
        const long Limit = 400_000, MaxTokens = 32_000, Answer = 350;
        double reserved = Math.Floor((double)Limit / MaxTokens) * 2 * Answer / Limit;
        Assert.InRange(reserved, 0.015, 0.025);

        // The provider itself admits them all: 1,000 requests per minute make 350,000 tokens.
        ProviderAccount account = ProviderOptions.Anthropic(QuotaLimits.Anthropic[0]).Exact().Account();
        for (int request = 0; request < 1_000; request++)
            Assert.Equal(200, account.Answer(Modelled.Message(request, output: Answer) with { MaxTokens = MaxTokens }, Start).Status);
        Assert.Equal(350_000, account.Charged("model", QuotaDimension.OutputTokens, Start.AddMinutes(1)));
    }

    [Fact]
    public void Max_tokens_cuts_the_answer_short()
    {
        AnswerPlan plan = ProviderOptions.Anthropic(QuotaLimits.Anthropic[0]).Exact().Account().Answer(Modelled.Message(1) with { MaxTokens = 7 }, Start);
        Assert.Equal(7, plan.Usage.Output);
        Assert.Contains("\"stop_reason\":\"max_tokens\"", plan.Body(), StringComparison.Ordinal);
    }

    [Fact]
    public void Input_is_estimated_at_arrival_and_corrected_when_the_answer_begins()
    {
        ProviderAccount account = ProviderOptions.Anthropic(QuotaLimits.Anthropic[0]).Exact().Account();
        AnswerPlan plan = account.Answer(Modelled.Message(1, input: 1_300, output: 10) with { InputCharacters = 4_001 }, Start);
        Assert.Equal(1_001, account.Charged("model", QuotaDimension.InputTokens, Start.AddSeconds(0.999)));
        Assert.Equal(1_300, account.Charged("model", QuotaDimension.InputTokens, Start.AddSeconds(1)));
        Assert.Equal(
            [
                new(QuotaDimension.Requests, 1, Start), new(QuotaDimension.InputTokens, 1_001, Start),
                new(QuotaDimension.InputTokens, 299, Start.AddSeconds(1)), new(QuotaDimension.OutputTokens, 10, Start.AddSeconds(1.1)),
            ],
            plan.Charges);
    }

    [Fact]
    public void Headers_tell_limits_thousands_and_the_time_of_the_full_refill()
    {
        ProviderAccount account = ProviderOptions.Anthropic(new(60, 60_000, 30_000)).Exact().Account();
        AnswerPlan plan = account.Answer(Modelled.Message(1, input: 3_400) with { Streams = false }, Start.AddMilliseconds(700));
        Assert.Equal("60", plan.Header("anthropic-ratelimit-requests-limit"));
        Assert.Equal("59", plan.Header("anthropic-ratelimit-requests-remaining"));
        Assert.Equal("2026-01-02T03:04:06Z", plan.Header("anthropic-ratelimit-requests-reset"));
        Assert.Equal("57000", plan.Header("anthropic-ratelimit-input-tokens-remaining"));
        Assert.Equal("2026-01-02T03:04:09Z", plan.Header("anthropic-ratelimit-input-tokens-reset"));
        Assert.Equal("30000", plan.Header("anthropic-ratelimit-output-tokens-remaining"));
        Assert.Equal("90000", plan.Header("anthropic-ratelimit-tokens-limit"));
        Assert.Equal("87000", plan.Header("anthropic-ratelimit-tokens-remaining"));

        // The answer came 2 s later; its limits are those of the arrival.
        Assert.Equal("Fri, 02 Jan 2026 03:04:07 GMT", plan.Header("date"));
        Assert.StartsWith("req_", plan.Header("request-id"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_limit_is_refused_with_whole_seconds_and_its_shape_and_takes_nothing()
    {
        ProviderAccount account = ProviderOptions.Anthropic(new(1_000, 30_000, 8_000)).Exact().Account();
        Assert.Equal(200, account.Answer(Modelled.Message(1, input: 29_000), Start).Status);
        AnswerPlan refused = account.Answer(Modelled.Message(2, input: 1_700), Start);
        Assert.Equal(429, refused.Status);
        Assert.Equal("2", refused.Header("retry-after"));
        Assert.Equal("rate_limit_error", (string?)refused.Error()["type"]);
        Assert.Contains("30,000 input tokens per minute", (string?)refused.Error()["message"], StringComparison.Ordinal);
        Assert.Contains($"\"request_id\":\"{refused.Header("request-id")}\"", refused.Body(), StringComparison.Ordinal);
        Assert.Empty(refused.Charges);
        Assert.Equal(1, account.Charged("model", QuotaDimension.Requests, Start));
        Assert.Equal(200, account.Answer(Modelled.Message(3, input: 1_700), Start.AddMilliseconds(1_400)).Status);
    }

    [Fact]
    public void Output_in_debt_holds_the_next_request_until_the_level_is_above_zero()
    {
        ProviderAccount account = ProviderOptions.Anthropic(new(1_000, 1_000_000, 600)).Exact().Account();
        account.Answer(Modelled.Message(1, output: 700), Start);

        // 10 per second come back while 100 per second go: 590 after the first step, 9 less with each of the 69 others.
        Assert.Equal(-31, account.Level("model", QuotaDimension.OutputTokens, Start.AddSeconds(8)));
        Assert.Equal(429, account.Answer(Modelled.Message(2), Start.AddSeconds(8)).Status);
        Assert.Equal(200, account.Answer(Modelled.Message(3), Start.AddSeconds(11.101)).Status);
    }

    [Fact]
    public void What_the_client_does_not_wait_for_is_not_charged()
    {
        ProviderAccount account = ProviderOptions.Anthropic(QuotaLimits.Anthropic[0]).Exact().Account();
        AnswerPlan plan = account.Answer(Modelled.Message(1, output: 1_000), Start);
        account.Abort(plan, Start.AddSeconds(2));
        Assert.Equal(100, account.Charged("model", QuotaDimension.OutputTokens, Start.AddMinutes(1)));
        account.Abort(plan, Start.AddMinutes(2));
    }

    [Fact]
    public void Classes_of_models_have_limits_of_their_own()
    {
        ProviderOptions options = ProviderOptions.Anthropic(new(1)) with { ModelLimits = new Dictionary<string, QuotaLimits> { ["small"] = new(2) } };
        ProviderAccount account = options.Exact().Account();
        string[] models = ["large", "small", "large", "small", "small"];
        Assert.Equal([200, 200, 429, 200, 429], models.Select((model, at) => account.Answer(Modelled.Message(at) with { Model = model }, Start).Status));
    }

    [Theory]
    [InlineData(nameof(FaultKind.Overloaded), 529, "overloaded_error")]
    [InlineData(nameof(FaultKind.ServerError), 500, "api_error")]
    [InlineData(nameof(FaultKind.TimedOut), 504, "timeout_error")]
    [InlineData(nameof(FaultKind.RateLimited), 429, "rate_limit_error")]
    [InlineData(nameof(FaultKind.RateLimitedSilently), 429, "rate_limit_error")]
    [InlineData(nameof(FaultKind.SpendLimit), 429, "rate_limit_error")]
    public void A_fault_has_the_status_and_type_of_the_provider(string fault, int status, string type)
    {
        ProviderOptions options = ProviderOptions.Anthropic(QuotaLimits.Anthropic[0]).Exact().With(Enum.Parse<FaultKind>(fault));
        AnswerPlan plan = options.Account().Answer(Modelled.Message(1), Start);
        Assert.Equal(status, plan.Status);
        Assert.Equal(type, (string?)plan.Error()["type"]);
        Assert.Equal(fault == nameof(FaultKind.RateLimited) ? "5" : null, plan.Header("retry-after"));
        Assert.Equal(fault == nameof(FaultKind.SpendLimit) ? "enforced_spend_limit_reached" : null, (string?)plan.Error()["details"]?["error_code"]);
        Assert.NotNull(plan.Header("anthropic-ratelimit-requests-remaining"));
    }

    [Fact]
    public void A_body_above_32_MB_is_too_large()
    {
        ProviderAccount account = ProviderOptions.Anthropic(QuotaLimits.Anthropic[0]).Exact().Account();
        Assert.Equal(200, account.Answer(Modelled.Message(1) with { BodyBytes = 32 << 20 }, Start).Status);
        AnswerPlan refused = account.Answer(Modelled.Message(2) with { BodyBytes = (32 << 20) + 1 }, Start);
        Assert.Equal((413, "request_too_large"), (refused.Status, (string?)refused.Error()["type"]));
    }

    [Fact]
    public void Traffic_that_grows_too_fast_is_refused()
    {
        ProviderOptions options = ProviderOptions.Anthropic(QuotaLimits.Anthropic[2]).Exact() with { Acceleration = new(10_000, 0.5, TimeSpan.FromMinutes(15)) };
        ProviderAccount account = options.Account();
        Assert.Equal(200, account.Answer(Modelled.Message(1, input: 9_000), Start).Status);
        AnswerPlan refused = account.Answer(Modelled.Message(2, input: 1_001), Start.AddSeconds(1));
        Assert.Equal((429, "59"), (refused.Status, refused.Header("retry-after")));
        Assert.Equal(200, account.Answer(Modelled.Message(3, input: 1_000), Start.AddSeconds(1)).Status);
    }
}
