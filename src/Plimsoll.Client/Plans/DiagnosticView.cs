namespace Plimsoll.Client.Plans;

/// <summary>One finding about a plan or a configuration file.</summary>
/// <param name="Severity"><c>error</c> or <c>warning</c>.</param>
/// <param name="Line">From 1; 0 = the whole file.</param>
/// <param name="Value">The value found.</param>
/// <param name="Cure">What to change.</param>
public sealed record DiagnosticView(
    string Severity,
    string File,
    int Line,
    int Column,
    string? Value,
    string Message,
    string? Cure);
