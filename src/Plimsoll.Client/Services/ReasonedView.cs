namespace Plimsoll.Client.Services;

/// <summary>Why something is asked for, for the record.</summary>
public sealed record ReasonedView(string? Reason);
