using Plimsoll.Core.Identity;
using Plimsoll.Core.Providers;

namespace Plimsoll.Core.Inputs;

/// <summary>What an attempt has used of models since its start.</summary>
public sealed record UsageSampled(AttemptId Attempt, ModelUsage Usage) : Input;
