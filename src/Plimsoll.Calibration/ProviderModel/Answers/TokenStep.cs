namespace Plimsoll.Calibration.ProviderModel.Answers;

/// <summary>Output produced up to a moment since the step before.</summary>
internal readonly record struct TokenStep(DateTimeOffset At, long Tokens);
