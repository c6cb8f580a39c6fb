using Plimsoll.Core.Providers;

namespace Plimsoll.Gateway.Callers;

/// <summary>What a model answered, or why it did not.</summary>
/// <param name="Text">The answer; null if there is none.</param>
/// <param name="Usage">What the call added to the use of its caller, also when it failed.</param>
/// <param name="Error">What is wrong and what to change; null when there is an answer.</param>
/// <param name="IsRetryable">Whether the same call may succeed later.</param>
public sealed record LlmAnswer(string? Text, ModelUsage Usage, string? Error, bool IsRetryable = false);
