using Plimsoll.Calibration.ProviderModel.Dialects;
using Plimsoll.Calibration.ProviderModel.Faults;

namespace Plimsoll.Calibration.ProviderModel.Answers;

/// <summary>Lays the text of a form out in time.</summary>
internal static class BodyWriter
{
    /// <summary>Opening, one event per step, closing; after a fault what would follow is missing.</summary>
    public static IEnumerable<AnswerPart> Stream(IAnswerForm form, AnswerContent content, Production production, FaultKind fault)
    {
        yield return new(production.Begins, form.Opening(content));
        for (int at = 0; at < production.Steps.Count; at++)
            yield return new(production.Steps[at].At, form.Delta(content, at, production.Steps[at].Tokens));

        if (fault == FaultKind.MidStreamError)
            yield return new(production.Ends, form.Failure(content, production.Steps.Count));
        else if (!Breaks(fault))
            yield return new(production.Ends, form.Closing(content, production.Steps.Count));
    }

    /// <summary>The whole body when the output is complete; after a fault only its first half.</summary>
    public static IEnumerable<AnswerPart> Whole(IAnswerForm form, AnswerContent content, DateTimeOffset at, FaultKind fault)
    {
        string text = form.Whole(content);
        yield return new(at, Breaks(fault) ? text[..(text.Length / 2)] : text);
    }

    /// <summary>Whether the end of the answer is never sent.</summary>
    public static bool Breaks(FaultKind fault) => fault is FaultKind.Cut or FaultKind.Stall or FaultKind.Reset;
}
