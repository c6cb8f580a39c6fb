namespace Plimsoll.Client.Watching;

/// <summary>A rule in force.</summary>
/// <param name="Signal">What it looks at.</param>
/// <param name="Below">True when it raises below <paramref name="Raise"/>.</param>
/// <param name="Raise">In the unit of the signal.</param>
/// <param name="ForSeconds">How long before it is raised.</param>
/// <param name="ClearAfterSeconds">How long the other side must hold before it is cleared.</param>
/// <param name="Condition">When it raises, in words and with the unit.</param>
/// <param name="Reason">Why the threshold is where it is.</param>
public sealed record AlertRuleView(string Name, string Group, string Severity, string Signal, bool Below, double Raise, double Clear, double ForSeconds, double ClearAfterSeconds, string Condition, string Reason);
