namespace Plimsoll.Plans.Configuration;

/// <summary>One setting in force and where it comes from: <c>default</c>, <c>plimsoll.yaml:3:5</c>, <c>PLIMSOLL_…</c> or a flag.</summary>
public sealed record ConfigurationValue(string Key, string Value, string Origin, string Description);
