using System.Collections.Immutable;
using Plimsoll.Client.Plans;
using Plimsoll.Plans.Diagnostics;

namespace Plimsoll.Daemon.Projects;

/// <summary>Diagnostics as they leave the process.</summary>
internal static class DiagnosticViews
{
    public static IReadOnlyList<DiagnosticView> Of(ImmutableArray<PlanDiagnostic> diagnostics) => [.. diagnostics.Select(Of)];

    public static bool AnyError(ImmutableArray<PlanDiagnostic> diagnostics) =>
        diagnostics.Any(diagnostic => diagnostic.Severity == PlanSeverity.Error);

    private static DiagnosticView Of(PlanDiagnostic diagnostic) => new(
        diagnostic.Severity == PlanSeverity.Error ? "error" : "warning",
        diagnostic.File,
        diagnostic.Line,
        diagnostic.Column,
        diagnostic.Value,
        diagnostic.Message,
        diagnostic.Cure);
}
