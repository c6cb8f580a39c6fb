using System.Collections.Immutable;

namespace Plimsoll.Watch.Alerts;

/// <summary>What the engine keeps over a restart; serialisable.</summary>
/// <param name="Active">Alerts that are raised.</param>
/// <param name="History">Cleared ones, oldest first.</param>
/// <param name="LastId">Of alerts and silences.</param>
public sealed record AlertMemory(ImmutableArray<Alert> Active, ImmutableArray<Alert> History, ImmutableArray<Silence> Silences, long LastId)
{
    public static AlertMemory Empty { get; } = new([], [], [], 0);
}
