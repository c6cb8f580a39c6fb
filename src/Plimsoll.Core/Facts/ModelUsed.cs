using Plimsoll.Core.Identity;
using Plimsoll.Core.Providers;

namespace Plimsoll.Core.Facts;

/// <summary>What an attempt has used of models since its start; replaces what was known before.</summary>
public sealed record ModelUsed(DateTimeOffset At, AttemptId Attempt, ModelUsage Usage) : Fact(At);
