namespace Plimsoll.Plans.Diagnostics;

/// <summary>One thing wrong with a plan or a configuration: where, what was found, and what to change.</summary>
/// <param name="Line">From 1; 0 when the value has no place in a file.</param>
/// <param name="Column">From 1, in UTF-16 units; 0 when the value has no place in a file.</param>
/// <param name="Value">The value found, shortened; null when there is none.</param>
/// <param name="Cure">What to change; null when the message says it already.</param>
public sealed record PlanDiagnostic(PlanSeverity Severity, string File, int Line, int Column, string? Value, string Message, string? Cure)
{
    /// <summary><c>file:line:column: error: message (found VALUE). cure</c>, on one line.</summary>
    public override string ToString()
    {
        string place = Line > 0 ? $"{File}:{Line}:{Column}" : File;
        string severity = Severity == PlanSeverity.Error ? "error" : "warning";
        string found = Value is null ? "" : $" (found {Value})";
        string cure = Cure is null ? "" : $". {Cure}";
        return $"{place}: {severity}: {Message}{found}{cure}";
    }
}
