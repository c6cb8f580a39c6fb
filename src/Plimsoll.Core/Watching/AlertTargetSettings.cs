using System.Collections.Immutable;
using Plimsoll.Core.Providers;

namespace Plimsoll.Core.Watching;

/// <summary>Where alerts go.</summary>
/// <param name="Least">Alerts of less severity are not delivered there.</param>
public sealed record AlertTargetSettings(string Name, AlertTargetKind Kind, AlertSeverity Least)
{
    /// <summary>Of a webhook; null when <see cref="Source"/> names it.</summary>
    public string? Url { get; init; }

    /// <summary>Where the address is read, because it may hold a secret.</summary>
    public KeySource? Source { get; init; }

    /// <summary>Program and arguments; no shell.</summary>
    public ImmutableArray<string> Command { get; init; } = [];

    /// <summary>Whether it is told that an alert has cleared.</summary>
    public bool Clears { get; init; } = true;
}
