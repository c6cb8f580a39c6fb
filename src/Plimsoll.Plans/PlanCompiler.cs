using System.Collections.Immutable;
using Plimsoll.Plans.Compiling;
using Plimsoll.Plans.Configuration;
using Plimsoll.Plans.Diagnostics;
using Plimsoll.Plans.Reading;
using Plimsoll.Plans.WfCommons;

namespace Plimsoll.Plans;

/// <summary>Turns the text of a plan into a compiled plan.</summary>
public static class PlanCompiler
{
    /// <summary>Compiles; reports everything that is wrong at once and never throws for any text.</summary>
    public static CompileResult Compile(PlanSource source, PlimsollConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(source);
        DiagnosticBag diagnostics = new();
        CompiledPlan? plan = NodeReader.Read(source.File, source.Text, source.Format, diagnostics) is not { } root
            ? null
            : source.Format == PlanFormat.WfCommons
                ? new WfCommonsImporter(source, configuration, diagnostics).Import(root)
                : new PlanCompilation(configuration, diagnostics).Compile(root, source);
        ImmutableArray<PlanDiagnostic> found = diagnostics.ToImmutable();
        return new CompileResult(diagnostics.HasErrors ? null : plan, found);
    }
}
