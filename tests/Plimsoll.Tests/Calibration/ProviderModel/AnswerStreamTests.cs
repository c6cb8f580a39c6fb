using System.Text.Json;
using System.Text.Json.Nodes;
using Plimsoll.Calibration.ProviderModel.Accounts;
using Plimsoll.Calibration.ProviderModel.Answers;
using Plimsoll.Calibration.ProviderModel.Faults;
using Plimsoll.Calibration.ProviderModel.Quotas;
using Xunit;

namespace Plimsoll.Tests.Calibration.ProviderModel;

public sealed class AnswerStreamTests
{
    private static readonly DateTimeOffset Start = Modelled.Start;
    private static readonly QuotaLimits Wide = QuotaLimits.Anthropic[2];

    [Fact]
    public void A_message_streams_its_events_in_order_with_cumulative_usage()
    {
        AnswerPlan plan = Anthropic().Answer(Modelled.Message(1, input: 12, output: 25), Start);
        Assert.Equal("text/event-stream", plan.Header("content-type"));
        Assert.Equal(
            [
                "message_start", "content_block_start", "ping", "content_block_delta", "content_block_delta", "content_block_delta",
                "content_block_stop", "message_delta", "message_stop",
            ],
            Events(plan).Select(item => (string?)item["type"]));
        Assert.Equal(12, (int?)Events(plan)[0]["message"]!["usage"]!["input_tokens"]);
        Assert.Equal(25, (int?)Events(plan)[^2]["usage"]!["output_tokens"]);
        Assert.Equal([1, 1.1, 1.2, 1.25, 1.25], plan.Parts.Select(part => (part.At - Start).TotalSeconds));
        Assert.Equal(Start.AddSeconds(1), plan.HeadersAt);
        Assert.Equal(AnswerEnding.Complete, plan.Ending);
    }

    [Fact]
    public void A_message_that_does_not_stream_comes_at_its_end()
    {
        AnswerPlan plan = Anthropic().Answer(Modelled.Message(1, output: 25) with { Streams = false }, Start);
        Assert.Equal(25, (int?)JsonNode.Parse(plan.Body())!["usage"]!["output_tokens"]);
        Assert.Equal(Start.AddSeconds(1.25), Assert.Single(plan.Parts).At);
        Assert.Equal(Start.AddSeconds(1.25), plan.HeadersAt);
        Assert.Equal(Start.AddSeconds(1.1), plan.Charges.First(charge => charge.Dimension == QuotaDimension.OutputTokens).At);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_chat_tells_its_usage_only_when_asked(bool asked)
    {
        AnswerPlan plan = OpenAI().Answer(Modelled.Chat(1, input: 12, output: 25) with { IncludesUsage = asked }, Start);
        JsonNode last = Events(plan)[^1];
        Assert.EndsWith("data: [DONE]\n\n", plan.Body(), StringComparison.Ordinal);
        Assert.Equal(asked ? 25 : null, (int?)last["usage"]?["completion_tokens"]);
        Assert.Equal(asked ? 0 : 1, last["choices"]!.AsArray().Count);
    }

    [Fact]
    public void A_response_numbers_its_events_and_ends_with_its_usage()
    {
        AnswerPlan plan = OpenAI().Answer(Modelled.Chat(1, input: 12, output: 25) with { Form = ApiForm.Responses }, Start);
        Assert.Equal(Enumerable.Range(0, 10), Events(plan).Select(item => (int)item["sequence_number"]!));
        Assert.Equal("response.completed", (string?)Events(plan)[^1]["type"]);
        Assert.Equal(25, (int?)Events(plan)[^1]["response"]!["usage"]!["output_tokens"]);
    }

    [Fact]
    public void Every_form_says_the_same_in_a_stream_and_at_once()
    {
        foreach (ApiForm form in new[] { ApiForm.Messages, ApiForm.ChatCompletions, ApiForm.Responses })
        {
            ProviderRequest request = Modelled.Message(1, output: 33) with { Form = form };
            string whole = OpenAI().Answer(request with { Streams = false }, Start).Body();
            string streamed = OpenAI().Answer(request, Start).Body();
            Assert.Contains(AnswerContent.Words(33), whole, StringComparison.Ordinal);
            Assert.Equal(33, Words(streamed, form));
        }
    }

    [Fact]
    public void An_answer_may_be_empty()
    {
        foreach (bool streams in new[] { true, false })
            Assert.Equal(0, Anthropic().Answer(Modelled.Message(1, output: 0) with { Streams = streams }, Start).Usage.Output);
    }

    [Fact]
    public void An_error_inside_a_stream_follows_part_of_it_and_ends_the_charge()
    {
        ProviderAccount account = Anthropic(FaultKind.MidStreamError);
        AnswerPlan plan = account.Answer(Modelled.Message(1, output: 1_000), Start);
        Assert.Equal(200, plan.Status);
        Assert.EndsWith("\n\n", plan.Body(), StringComparison.Ordinal);
        Assert.Equal("error", (string?)Events(plan)[^1]["type"]);
        Assert.Equal("overloaded_error", (string?)Events(plan)[^1]["error"]!["type"]);
        Assert.DoesNotContain("message_stop", plan.Body(), StringComparison.Ordinal);
        Assert.InRange(plan.Usage.Output, 0, 990);
        Assert.Equal(plan.Usage.Output, account.Charged("model", QuotaDimension.OutputTokens, Start.AddMinutes(5)));
    }

    [Fact]
    public void An_error_without_a_stream_to_be_in_is_a_500()
    {
        Assert.Equal(500, Anthropic(FaultKind.MidStreamError).Answer(Modelled.Message(1) with { Streams = false }, Start).Status);
    }

    [Theory]
    [InlineData(nameof(FaultKind.Cut), nameof(AnswerEnding.Cut))]
    [InlineData(nameof(FaultKind.Stall), nameof(AnswerEnding.Stalled))]
    public void A_cut_or_stalled_answer_lacks_its_end(string fault, string ending)
    {
        foreach (bool streams in new[] { true, false })
        {
            AnswerPlan plan = Anthropic(Enum.Parse<FaultKind>(fault)).Answer(Modelled.Message(1) with { Streams = streams }, Start);
            Assert.Equal((200, ending), (plan.Status, plan.Ending.ToString()));
            Assert.NotEmpty(plan.Body());
            Assert.DoesNotContain("message_stop", plan.Body(), StringComparison.Ordinal);
            if (!streams)
                Assert.ThrowsAny<JsonException>(() => JsonNode.Parse(plan.Body()));
        }
    }

    [Fact]
    public void A_slow_loris_sends_the_same_one_byte_at_a_time()
    {
        AnswerPlan plain = Anthropic().Answer(Modelled.Message(1), Start);
        AnswerPlan slow = Anthropic(FaultKind.SlowLoris).Answer(Modelled.Message(1), Start);
        Assert.Equal(plain.Body(), slow.Body());
        DateTimeOffset[] times = [.. slow.Parts.Select(part => part.At)];
        Assert.Equal(slow.Body().Length, times.Length);
        Assert.All(times.Zip(times.Skip(1)), pair => Assert.True(pair.Second - pair.First >= TimeSpan.FromMilliseconds(100)));
        Assert.Equal(plain.Charges, slow.Charges);
    }

    private static ProviderAccount Anthropic(params FaultKind[] script) => ProviderOptions.Anthropic(Wide).Exact().With(script).Account();

    private static ProviderAccount OpenAI() => ProviderOptions.OpenAI(new(60)).Exact().Account();

    private static List<JsonNode> Events(AnswerPlan plan) =>
    [
        .. plan.Body().Split('\n').Where(line => line.StartsWith("data: {", StringComparison.Ordinal)).Select(line => JsonNode.Parse(line["data: ".Length..])!),
    ];

    private static int Words(string body, ApiForm form)
    {
        // A response repeats its text when it is done.
        int times = form == ApiForm.Responses ? 5 : 1;
        return (body.Split("tok ").Length - 1) / times;
    }
}
