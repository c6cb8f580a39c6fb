using Plimsoll.Core.Identity;

namespace Plimsoll.Core.Inputs;

/// <summary>The gateway has kept streams of models for an attempt while it was frozen.</summary>
/// <param name="Bytes">What came meanwhile.</param>
public sealed record StreamKept(AttemptId Attempt, int Streams, long Bytes = 0) : Input;
