using System.Collections.Immutable;
using Plimsoll.Plans.Reading;

namespace Plimsoll.Plans.Diagnostics;

/// <summary>Collects everything that is wrong, so that all of it is told at once.</summary>
internal sealed class DiagnosticBag
{
    // A broken generator must not print a million lines.
    private const int Most = 1000;

    private readonly List<PlanDiagnostic> found = [];
    private int suppressed;

    public bool HasErrors { get; private set; }

    public void Error(Node at, string message, string? cure = null) => Add(PlanSeverity.Error, at, at.Describe(), message, cure);

    public void Error(Node at, string? value, string message, string? cure) => Add(PlanSeverity.Error, at, value, message, cure);

    /// <summary>An error at one character of a scalar.</summary>
    public void ErrorInside(Node at, int offset, string? value, string message, string? cure)
    {
        (int line, int column) = at.PlaceOf(offset);
        Add(new PlanDiagnostic(PlanSeverity.Error, at.File, line, column, value, message, cure));
    }

    public void Warning(Node at, string? value, string message, string? cure) => Add(PlanSeverity.Warning, at, value, message, cure);

    public void Add(PlanDiagnostic diagnostic)
    {
        HasErrors |= diagnostic.Severity == PlanSeverity.Error;
        if (found.Count < Most)
        {
            found.Add(diagnostic);
        }
        else
        {
            suppressed++;
        }
    }

    public ImmutableArray<PlanDiagnostic> ToImmutable()
    {
        List<PlanDiagnostic> all =
            [.. found.OrderBy(d => d.File, StringComparer.Ordinal).ThenBy(d => d.Line).ThenBy(d => d.Column)];
        if (suppressed > 0)
        {
            PlanDiagnostic last = all[^1];
            all.Add(last with { Line = 0, Column = 0, Value = null, Message = $"{suppressed} more are not shown", Cure = null });
        }

        return [.. all];
    }

    private void Add(PlanSeverity severity, Node at, string? value, string message, string? cure) =>
        Add(new PlanDiagnostic(severity, at.File, at.Line, at.Column, value, message, cure));
}
