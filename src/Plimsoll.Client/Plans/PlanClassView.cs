namespace Plimsoll.Client.Plans;

/// <summary>A footprint class of a plan.</summary>
public sealed record PlanClassView(string Class, int Tasks);
