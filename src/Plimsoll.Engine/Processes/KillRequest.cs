using Plimsoll.Core.Effects;

namespace Plimsoll.Engine.Processes;

/// <summary>A wish to end an attempt.</summary>
internal sealed record KillRequest(TimeSpan Grace, KillReason Reason);
