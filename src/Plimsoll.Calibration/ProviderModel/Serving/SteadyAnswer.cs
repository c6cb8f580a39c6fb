using Plimsoll.Calibration.ProviderModel.Accounts;
using Plimsoll.Calibration.ProviderModel.Answers;
using Plimsoll.Calibration.ProviderModel.Draws;

namespace Plimsoll.Calibration.ProviderModel.Serving;

/// <summary>A small answer of a modelled account, with all of its headers, made once.</summary>
public static class SteadyAnswer
{
    private const long InputTokens = 20;
    private const long OutputTokens = 5;

    public static byte[] Of(ProviderOptions options)
    {
        ProviderRequest request = new()
        {
            Number = 1,
            Form = options.Kind == ProviderKind.Anthropic ? ApiForm.Messages : ApiForm.ChatCompletions,
            InputTokens = InputTokens,
            OutputTokens = OutputTokens,
        };
        ProviderAccount account = new(options with { Faults = new(), FirstTokenSeconds = Spread.Always(0.001) }, DateTimeOffset.UnixEpoch);
        AnswerPlan plan = account.Answer(request, DateTimeOffset.UnixEpoch);

        // A Date of long ago would be compared with the resets; without one they are compared with nothing.
        return SteadyServer.Whole(
            plan.Header("content-type")!,
            plan.Headers.Where(header => header.Key is not ("content-type" or "date") && !header.Key.EndsWith("-reset", StringComparison.Ordinal)),
            string.Concat(plan.Parts.Select(part => part.Text)));
    }
}
