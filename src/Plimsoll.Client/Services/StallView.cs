namespace Plimsoll.Client.Services;

/// <summary>Share of the last second (0..1) in which work stalled for want of memory.</summary>
/// <param name="Some">At least one task stalled.</param>
/// <param name="Full">All of them stalled at once.</param>
public sealed record StallView(double Some, double Full);
