using Plimsoll.Calibration.ProviderModel.Answers;

namespace Plimsoll.Calibration.ProviderModel.Dialects;

/// <summary>The text of an answer of one interface.</summary>
internal interface IAnswerForm
{
    /// <summary>A JSON body.</summary>
    string Whole(AnswerContent content);

    /// <summary>Events before the first output.</summary>
    string Opening(AnswerContent content);

    /// <param name="step">From 0.</param>
    /// <param name="tokens">At least 1.</param>
    string Delta(AnswerContent content, int step, long tokens);

    /// <summary>Events after the last output.</summary>
    /// <param name="steps">How many there were.</param>
    string Closing(AnswerContent content, int steps);

    /// <summary>An error inside the stream, after so many steps.</summary>
    string Failure(AnswerContent content, int steps);
}
