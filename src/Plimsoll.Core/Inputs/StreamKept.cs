using Plimsoll.Core.Identity;

namespace Plimsoll.Core.Inputs;

/// <summary>The gateway keeps a stream of a model for a frozen attempt.</summary>
/// <param name="Streams">How many it keeps for the attempt.</param>
public sealed record StreamKept(AttemptId Attempt, int Streams) : Input;
