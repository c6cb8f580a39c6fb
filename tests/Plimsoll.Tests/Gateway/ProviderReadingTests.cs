using System.Text;
using Plimsoll.Core.Limits;
using Plimsoll.Core.Providers;
using Plimsoll.Gateway.Providers;
using Xunit;

namespace Plimsoll.Tests.Gateway;

public sealed class ProviderReadingTests
{
    [Theory]
    [InlineData("12ms", 0.012)]
    [InlineData("1s", 1.0)]
    [InlineData("7.66s", 7.66)]
    [InlineData("6m0s", 360.0)]
    [InlineData("1h2m3s", 3723.0)]
    [InlineData("37", 37.0)]
    [InlineData("-5", null)]
    [InlineData("soon", null)]
    [InlineData("", null)]
    public void Times_are_read_in_all_spellings(string text, double? seconds) => Assert.Equal(seconds, WaitText.Parse(text)?.TotalSeconds);

    [Theory]
    [InlineData("Rate limit reached. Please try again in 11.054s. Visit", 11.054)]
    [InlineData("Please retry after 7 seconds.", 7.0)]
    [InlineData("{\"retryDelay\": \"37s\"}", 37.0)]
    [InlineData("Overloaded", null)]
    public void A_time_is_found_in_a_sentence(string text, double? seconds) => Assert.Equal(seconds, WaitText.Find(text)?.TotalSeconds);

    [Theory]
    [InlineData("60", "6", "54", true)]
    [InlineData("60", "6", "77760", false)]
    [InlineData("-1", "-1", "0", false)]
    public void Headers_of_others_count_only_if_they_are_per_minute(string limit, string remaining, string reset, bool counts)
    {
        using HttpResponseMessage response = new();
        response.Headers.Add("x-ratelimit-limit-requests", limit);
        response.Headers.Add("x-ratelimit-remaining-requests", remaining);
        response.Headers.Add("x-ratelimit-reset-requests", reset);
        Span<LimitReading> readings = stackalloc LimitReading[LimitHeaders.Most];
        Assert.Equal(counts ? 1 : 0, LimitHeaders.Read(response.Headers, ProviderKind.OpenAICompatible, readings));
    }

    [Theory]
    [InlineData("This request would exceed the rate limit for your organization of 2,000,000 input tokens per minute.", Dimension.InputTokens)]
    [InlineData("… of 400,000 output tokens per minute.", Dimension.OutputTokens)]
    [InlineData("Rate limit reached for m on tokens per min (TPM): Limit 1", Dimension.TotalTokens)]
    [InlineData("Rate limit reached for m on requests per min (RPM): Limit 1", Dimension.Requests)]
    [InlineData("Rate limit reached for m on requests per day (RPD): Limit 1", Dimension.DailyRequests)]
    [InlineData("have exceeded the token rate limit of your tier", Dimension.TotalTokens)]
    public void A_refusal_says_what_was_used_up(string message, Dimension dimension)
    {
        using HttpResponseMessage response = new();
        Assert.Equal(dimension, RefusalReader.Read(response.Headers, Encoding.UTF8.GetBytes(message)).Dimension);
    }

    [Theory]
    [InlineData("{\"type\":\"message\",\"usage\":{\"input_tokens\":5,\"cache_creation_input_tokens\":6,\"cache_read_input_tokens\":7,\"output_tokens\":8}}", 5, 6, 7, 8)]
    [InlineData("{\"choices\":[{\"usage\":3}],\"usage\":{\"prompt_tokens\":9,\"completion_tokens\":4,\"prompt_tokens_details\":{\"cached_tokens\":2}}}", 7, 0, 2, 4)]
    [InlineData("{\"response\":{\"usage\":{\"input_tokens\":10,\"input_tokens_details\":{\"cached_tokens\":4},\"output_tokens\":3}}}", 6, 0, 4, 3)]
    [InlineData("{\"data\":[{\"embedding\":[0.1]}],\"usage\":{\"prompt_tokens\":11,\"total_tokens\":11}}", 11, 0, 0, 0)]
    public void Usage_is_read_in_all_forms(string text, long input, long write, long read, long output)
    {
        TokenCounts counts = default;
        Assert.True(UsageReader.TryRead(Encoding.UTF8.GetBytes(text), ref counts));
        Assert.Equal(new(input, write, read, output), counts);
    }

    [Theory]
    [InlineData("/openai/deployments/east/chat/completions", RouteKind.Chat, "chat/completions", "east")]
    [InlineData("/v1/responses/resp_1/cancel", RouteKind.ResponseParts, "responses/{id}/cancel", null)]
    [InlineData("/v1/models/org/model", RouteKind.Models, "models/{id}", null)]
    [InlineData("/openai/v1/embeddings", RouteKind.Embeddings, "embeddings", null)]
    public void Rarer_paths_are_routes_too(string path, object kind, string name, string? deployment)
    {
        Route? route = new RouteTable([]).Find(path);
        Assert.Equal(((RouteKind)kind, name, deployment), (route!.Kind, route.Name, route.Deployment));
    }

    [Theory]
    [InlineData("/v1/models/../secrets")]
    [InlineData("/v1/responses//cancel")]
    [InlineData("/v2/messages")]
    public void Other_paths_are_none(string path) => Assert.Null(new RouteTable([]).Find(path));
}
