using System.Collections.Immutable;

namespace Plimsoll.Watch.Samples;

/// <summary>What one caller holds and what it waits for; a cycle among callers is a deadlock.</summary>
/// <param name="Owner">Who: a caller, an agent or a task.</param>
/// <param name="Holds">Names of what it holds alone, or with all units taken.</param>
/// <param name="WaitsFor">Names of what it waits for.</param>
public sealed record LeaseReading(string Owner, ImmutableArray<string> Holds, ImmutableArray<string> WaitsFor);
