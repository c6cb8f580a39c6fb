using System.Text.Json.Nodes;
using Plimsoll.Calibration.ProviderModel.Accounts;
using Plimsoll.Calibration.ProviderModel.Answers;
using Plimsoll.Calibration.ProviderModel.Draws;
using Plimsoll.Calibration.ProviderModel.Faults;

namespace Plimsoll.Tests.Calibration.ProviderModel;

/// <summary>Requests and options with nothing left to chance.</summary>
internal static class Modelled
{
    public static readonly DateTimeOffset Start = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    /// <summary>First token after 1 s, then 100 tokens per second in events of 10.</summary>
    public static ProviderOptions Exact(this ProviderOptions options) => options with
    {
        FirstTokenSeconds = Spread.Always(1),
        TokensPerSecond = Spread.Always(100),
        OutputTokens = Spread.Always(100),
        TokensPerEvent = 10,
    };

    public static ProviderOptions With(this ProviderOptions options, params FaultKind[] script) => options with { Faults = options.Faults with { Script = script } };

    public static ProviderAccount Account(this ProviderOptions options) => new(options, Start);

    public static ProviderRequest Message(long number, long input = 100, long output = 100) =>
        new() { Number = number, Form = ApiForm.Messages, InputTokens = input, OutputTokens = output, Streams = true };

    public static ProviderRequest Chat(long number, long input = 100, long output = 100) => Message(number, input, output) with { Form = ApiForm.ChatCompletions };

    public static string Body(this AnswerPlan plan) => string.Concat(plan.Parts.Select(part => part.Text));

    public static JsonNode Error(this AnswerPlan plan) => JsonNode.Parse(plan.Body())!["error"]!;

    public static DateTimeOffset At(double seconds) => Start.AddSeconds(seconds);
}
