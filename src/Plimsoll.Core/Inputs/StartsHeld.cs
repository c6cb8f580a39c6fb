using System.Collections.Immutable;
using Plimsoll.Core.Identity;

namespace Plimsoll.Core.Inputs;

/// <summary>Attempts that were admitted had not begun until now, because their facts were not durable: their timeouts count from here.</summary>
/// <remarks>No fact: what was not durable when Plimsoll died has not begun at all.</remarks>
public sealed record StartsHeld(ImmutableArray<AttemptId> Attempts) : Input;
