namespace Plimsoll.Calibration.ProviderModel.Answers;

/// <summary>Text of a body and when it leaves the provider.</summary>
internal readonly record struct AnswerPart(DateTimeOffset At, string Text);
