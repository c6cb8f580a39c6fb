using Plimsoll.Calibration.ProviderModel.Accounts;
using Plimsoll.Calibration.ProviderModel.Answers;
using Plimsoll.Calibration.ProviderModel.Faults;
using Plimsoll.Calibration.ProviderModel.Quotas;
using Xunit;

namespace Plimsoll.Tests.Calibration.ProviderModel;

public sealed class OpenAITests
{
    private static readonly DateTimeOffset Start = Modelled.Start;

    // Error texts that users published: limit, used, requested, and the wait they were told.
    [Theory]
    [InlineData(30_000, 22_999, 12_528, "11.054s")]
    [InlineData(10_000, 8_554, 3_082, "9.816s")]
    [InlineData(30_000, 29_937, 385, "644ms")]
    public void The_wait_is_what_is_missing_at_the_rate_of_the_limit(long limit, long used, long requested, string wait)
    {
        ProviderAccount account = ProviderOptions.OpenAI(new(500, TokensPerMinute: limit)).Exact().Account();
        Assert.Equal(200, account.Answer(Modelled.Chat(1, input: used), Start).Status);
        AnswerPlan refused = account.Answer(Modelled.Chat(2, input: requested), Start);
        Assert.Equal(429, refused.Status);
        Assert.Equal(
            $"Rate limit reached for model in organization org-model on tokens per min (TPM): Limit {limit}, Used {used}, Requested {requested}. Please try again in {wait}.",
            (string?)refused.Error()["message"]);
        Assert.Equal(("tokens", "rate_limit_exceeded"), ((string?)refused.Error()["type"], (string?)refused.Error()["code"]));

        decimal seconds = (used + requested - limit) / (limit / 60m);
        Assert.Equal($"{Math.Ceiling(seconds):0}", refused.Header("retry-after"));
        Assert.Equal($"{Math.Ceiling(seconds * 1_000):0}", refused.Header("retry-after-ms"));
        Assert.Equal(429, account.Answer(Modelled.Chat(3, input: requested), Start.AddTicks((long)(seconds * TimeSpan.TicksPerSecond) - 1)).Status);
        Assert.Equal(200, account.Answer(Modelled.Chat(4, input: requested), Start.AddTicks((long)Math.Ceiling(seconds * TimeSpan.TicksPerSecond))).Status);
    }

    [Fact]
    public void Three_requests_per_minute_wait_twenty_seconds()
    {
        ProviderAccount account = ProviderOptions.OpenAI(new(3)).Exact().Account();
        for (int request = 0; request < 3; request++)
            Assert.Equal(200, account.Answer(Modelled.Chat(request), Start).Status);
        AnswerPlan refused = account.Answer(Modelled.Chat(4), Start);
        Assert.Contains("on requests per min (RPM): Limit 3, Used 3, Requested 1. Please try again in 20s.", (string?)refused.Error()["message"], StringComparison.Ordinal);
    }

    // A text that users published: 200 per day are one per 432 s.
    [Fact]
    public void Two_hundred_requests_per_day_wait_seven_minutes_and_twelve_seconds()
    {
        ProviderAccount account = ProviderOptions.OpenAI(new(RequestsPerDay: 200)).Exact().Account();
        for (int request = 0; request < 200; request++)
            Assert.Equal(200, account.Answer(Modelled.Chat(request), Start).Status);
        AnswerPlan refused = account.Answer(Modelled.Chat(200), Start);
        Assert.Contains("on requests per day (RPD): Limit 200, Used 200, Requested 1. Please try again in 7m12s.", (string?)refused.Error()["message"], StringComparison.Ordinal);
        Assert.Equal(429, account.Answer(Modelled.Chat(201), Start.AddSeconds(431)).Status);
        Assert.Equal(200, account.Answer(Modelled.Chat(202), Start.AddSeconds(432)).Status);
    }

    [Fact]
    public void The_headers_of_requests_can_be_of_a_day()
    {
        ProviderOptions options = ProviderOptions.OpenAI(new(60, RequestsPerDay: 14_400)).Exact() with { Headers = HeaderStyle.DailyRequests };
        AnswerPlan plan = options.Account().Answer(Modelled.Chat(1), Start);
        Assert.Equal(("14400", "14399", "6s"), (plan.Header("x-ratelimit-limit-requests"), plan.Header("x-ratelimit-remaining-requests"), plan.Header("x-ratelimit-reset-requests")));
    }

    [Fact]
    public void Sixty_thousand_per_minute_can_be_a_thousand_per_second()
    {
        ProviderOptions options = ProviderOptions.OpenAI(new(TokensPerMinute: 60_000)).Exact();
        ProviderAccount account = (options with { Shape = options.Shape with { Depth = TimeSpan.FromSeconds(1) } }).Account();
        Assert.Equal([200, 429], new[] { 1, 2 }.Select(request => account.Answer(Modelled.Chat(request, input: 1_000), Start).Status));
        Assert.Equal(200, account.Answer(Modelled.Chat(3, input: 1_000), Start.AddSeconds(1)).Status);
    }

    [Theory]
    [InlineData(nameof(TokenCharging.Max), 4_000, 100, 4_000)]
    [InlineData(nameof(TokenCharging.Max), 4_000, 9_000, 9_000)]
    [InlineData(nameof(TokenCharging.Sum), 4_000, 100, 4_100)]
    [InlineData(nameof(TokenCharging.Max), null, 100, 100)]
    [InlineData(nameof(TokenCharging.Sum), null, 100, 100)]
    public void Tokens_are_charged_at_arrival_and_never_given_back(string charging, int? maxTokens, int input, int charged)
    {
        ProviderOptions options = ProviderOptions.OpenAI(new(TokensPerMinute: 90_000)).Exact() with { Charging = Enum.Parse<TokenCharging>(charging) };
        ProviderAccount account = options.Account();
        AnswerPlan plan = account.Answer(Modelled.Chat(1, output: 5) with { InputTokens = 7, InputCharacters = 4 * input, MaxTokens = maxTokens }, Start);
        Assert.Equal([new Charge(QuotaDimension.Requests, 1, Start), new(QuotaDimension.Tokens, charged, Start)], plan.Charges.Where(charge => charge.Dimension != QuotaDimension.ProjectTokens));
        Assert.Equal(charged, account.Charged("model", QuotaDimension.Tokens, Start.AddMinutes(2)));
    }

    [Fact]
    public void Headers_tell_the_reset_as_what_is_missing_at_the_rate_of_the_limit()
    {
        ProviderAccount account = ProviderOptions.OpenAI(new(60, TokensPerMinute: 30_000, ProjectTokensPerMinute: 60_000)).Exact().Account();
        AnswerPlan plan = account.Answer(Modelled.Chat(1, input: 3_830), Start);
        Assert.Equal(("60", "59", "1s"), Limit(plan, "requests"));
        Assert.Equal(("30000", "26170", "7.66s"), Limit(plan, "tokens"));
        Assert.Equal(("60000", "56170", "3.83s"), Limit(plan, "project-tokens"));

        AnswerPlan small = ProviderOptions.OpenAI(new(TokensPerMinute: 60_000)).Exact().Account().Answer(Modelled.Chat(1, input: 12), Start);
        Assert.Equal("12ms", small.Header("x-ratelimit-reset-tokens"));
    }

    [Fact]
    public void Who_only_borrows_the_names_can_mean_something_else()
    {
        ProviderOptions options = ProviderOptions.OpenAI(new(TokensPerMinute: 30_000)).Exact();
        AnswerPlan Of(HeaderStyle style) => (options with { Headers = style }).Account().Answer(Modelled.Chat(1, input: 3_830), Start);
        Assert.Equal(("30000", "26170", "8"), Limit(Of(HeaderStyle.PlainSeconds), "tokens"));
        Assert.Equal(("-1", "-1", "0"), Limit(Of(HeaderStyle.NonPositive), "tokens"));
        Assert.Equal((null, null, null), Limit(Of(HeaderStyle.Absent), "tokens"));
    }

    [Fact]
    public void Headers_can_tell_of_a_minute_while_a_second_is_enforced()
    {
        ProviderOptions options = ProviderOptions.OpenAI(new(TokensPerMinute: 60_000)).Exact();
        ProviderAccount account = (options with { Shape = options.Shape with { Depth = TimeSpan.FromSeconds(1), Told = HeaderLevel.Minute } }).Account();
        Assert.Equal("59000", account.Answer(Modelled.Chat(1, input: 1_000), Start).Header("x-ratelimit-remaining-tokens"));
        AnswerPlan refused = account.Answer(Modelled.Chat(2, input: 1_000), Start);
        Assert.Equal((429, "59000"), (refused.Status, refused.Header("x-ratelimit-remaining-tokens")));
    }

    [Fact]
    public void Sending_again_and_again_does_not_work_because_refused_requests_count()
    {
        ProviderAccount account = ProviderOptions.OpenAI(new(60)).Exact().Account();
        for (int request = 0; request < 60; request++)
            account.Answer(Modelled.Chat(request), Start);
        for (int tenth = 1; tenth < 100; tenth++)
            Assert.Equal(429, account.Answer(Modelled.Chat(tenth), Start.AddSeconds(tenth / 10.0)).Status);
        Assert.Equal(200, account.Answer(Modelled.Chat(200), Start.AddSeconds(10.9)).Status);
    }

    [Fact]
    public void A_failed_request_is_charged_in_full()
    {
        ProviderAccount account = ProviderOptions.OpenAI(new(60, TokensPerMinute: 60_000)).Exact().With(FaultKind.ServerError).Account();
        Assert.Equal(500, account.Answer(Modelled.Chat(1) with { MaxTokens = 4_000 }, Start).Status);
        Assert.Equal(4_000, account.Charged("model", QuotaDimension.Tokens, Start));
    }

    [Fact]
    public void A_request_above_the_limit_of_a_minute_is_too_large_for_ever()
    {
        AnswerPlan refused = ProviderOptions.OpenAI(new(TokensPerMinute: 30_000)).Exact().Account().Answer(Modelled.Chat(1, input: 36_055), Start);
        Assert.Contains("Request too large for model", (string?)refused.Error()["message"], StringComparison.Ordinal);
        Assert.Contains("Limit 30000, Requested 36055.", (string?)refused.Error()["message"], StringComparison.Ordinal);
        Assert.Null(refused.Header("retry-after"));
    }

    [Fact]
    public void Traffic_that_grows_too_fast_is_told_to_slow_down()
    {
        ProviderAccount account = (ProviderOptions.OpenAI(new(TokensPerMinute: 30_000_000)).Exact() with { Acceleration = AccelerationLimit.OpenAI }).Account();
        Assert.Equal(200, account.Answer(Modelled.Chat(1, input: 900_000), Start).Status);
        AnswerPlan refused = account.Answer(Modelled.Chat(2, input: 100_001), Start);
        Assert.Equal((429, "slow_down"), (refused.Status, (string?)refused.Error()["code"]));
    }

    [Theory]
    [InlineData(nameof(FaultKind.Overloaded), 503, "server_is_overloaded")]
    [InlineData(nameof(FaultKind.ServerError), 500, null)]
    [InlineData(nameof(FaultKind.RateLimited), 429, "rate_limit_exceeded")]
    [InlineData(nameof(FaultKind.RateLimitedSilently), 429, "rate_limit_exceeded")]
    [InlineData(nameof(FaultKind.SpendLimit), 429, "insufficient_quota")]
    public void A_fault_has_the_status_and_code_of_the_provider(string fault, int status, string? code)
    {
        AnswerPlan plan = ProviderOptions.OpenAI(new(60)).Exact().With(Enum.Parse<FaultKind>(fault)).Account().Answer(Modelled.Chat(1), Start);
        Assert.Equal((status, code), (plan.Status, (string?)plan.Error()["code"]));
        Assert.Equal(fault == nameof(FaultKind.RateLimited) ? "5000" : null, plan.Header("retry-after-ms"));
    }

    [Theory]
    [InlineData(2_048, 300_000, 200)]
    [InlineData(2_049, 10, 400)]
    [InlineData(1, 300_001, 400)]
    public void Embeddings_take_2048_texts_and_300000_tokens(int items, long tokens, int status)
    {
        ProviderRequest request = new() { Number = 1, Form = ApiForm.Embeddings, InputTokens = tokens, Items = items, Streams = true };
        AnswerPlan plan = ProviderOptions.OpenAI(new(TokensPerMinute: 1_000_000)).Exact().Account().Answer(request, Start);
        Assert.Equal(status, plan.Status);
        Assert.Equal("application/json", plan.Header("content-type"));
    }

    private static (string? Limit, string? Remaining, string? Reset) Limit(AnswerPlan plan, string name) =>
        (plan.Header($"x-ratelimit-limit-{name}"), plan.Header($"x-ratelimit-remaining-{name}"), plan.Header($"x-ratelimit-reset-{name}"));
}
