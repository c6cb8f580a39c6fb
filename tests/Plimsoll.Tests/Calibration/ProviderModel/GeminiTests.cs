using System.Text.Json.Nodes;
using Plimsoll.Calibration.ProviderModel.Accounts;
using Plimsoll.Calibration.ProviderModel.Answers;
using Plimsoll.Calibration.ProviderModel.Faults;
using Xunit;

namespace Plimsoll.Tests.Calibration.ProviderModel;

public sealed class GeminiTests
{
    [Fact]
    public void The_wait_stands_in_the_body_and_nothing_in_headers()
    {
        ProviderAccount account = ProviderOptions.Gemini(new(RequestsPerMinute: 10, InputTokensPerMinute: 6_000)).Exact().Account();
        Assert.Equal(200, account.Answer(Modelled.Chat(1, input: 6_000), Modelled.Start).Status);
        AnswerPlan refused = account.Answer(Modelled.Chat(2, input: 3_700), Modelled.Start);
        Assert.Equal(429, refused.Status);
        Assert.Equal(["content-type", "date"], refused.Headers.Select(header => header.Key));
        JsonNode error = JsonNode.Parse(refused.Body())![0]!["error"]!;
        Assert.Equal("RESOURCE_EXHAUSTED", (string?)error["status"]);
        Assert.Equal("37s", (string?)error["details"]![0]!["retryDelay"]);
        Assert.Equal(200, account.Answer(Modelled.Chat(3, input: 3_700), Modelled.At(37)).Status);
    }

    [Fact]
    public void An_overloaded_model_is_unavailable()
    {
        AnswerPlan plan = ProviderOptions.Gemini(new(10)).Exact().With(FaultKind.Overloaded).Account().Answer(Modelled.Chat(1), Modelled.Start);
        Assert.Equal((503, "UNAVAILABLE"), (plan.Status, (string?)JsonNode.Parse(plan.Body())![0]!["error"]!["status"]));
    }
}
