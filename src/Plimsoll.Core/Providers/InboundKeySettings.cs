using Plimsoll.Core.Limits;

namespace Plimsoll.Core.Providers;

/// <summary>A caller that is no task: a fixed virtual key with its own policy.</summary>
/// <param name="Name">Shown in listings and records.</param>
/// <param name="Key">Where the virtual key is read.</param>
/// <param name="Policy">A bound on this caller's requests; null: none.</param>
/// <param name="Priority">Higher is served first.</param>
/// <param name="Weight">Share among equals, above zero.</param>
public sealed record InboundKeySettings(string Name, KeySource Key, LimitPolicy? Policy, int Priority = 0, double Weight = 1);
