using System.Collections.Immutable;
using Plimsoll.Plans.Diagnostics;

namespace Plimsoll.Plans;

/// <summary>A compiled plan, or everything that is wrong with it.</summary>
/// <param name="Plan">Null when there is at least one error.</param>
/// <param name="Diagnostics">Errors and warnings in order of their place.</param>
public sealed record CompileResult(CompiledPlan? Plan, ImmutableArray<PlanDiagnostic> Diagnostics);
