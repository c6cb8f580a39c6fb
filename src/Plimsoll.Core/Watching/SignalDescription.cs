namespace Plimsoll.Core.Watching;

/// <summary>A number that alert rules can look at.</summary>
/// <param name="Subject">What there is one number for each of: <c>node</c>, <c>lock</c>, <c>attempt</c>, …; empty when there is one for all.</param>
public sealed record SignalDescription(string Name, SignalUnit Unit, string Subject, string Description);
