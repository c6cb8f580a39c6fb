using System.Collections.Immutable;
using Plimsoll.Plans.Diagnostics;

namespace Plimsoll.Plans.Configuration;

/// <summary>The configuration in force and everything wrong with it.</summary>
/// <param name="Configuration">Usable only when no diagnostic is an error; wrong values fall back to their defaults.</param>
public sealed record ConfigurationResult(PlimsollConfiguration Configuration, ImmutableArray<PlanDiagnostic> Diagnostics);
