using System.Collections.Immutable;

namespace Plimsoll.Watch.Signals;

/// <summary>All signals of one sample.</summary>
public sealed class SignalSet(DateTimeOffset at)
{
    private readonly Dictionary<string, ImmutableArray<SignalValue>> values = new(StringComparer.Ordinal);

    public DateTimeOffset At { get; } = at;

    /// <summary>Numbers of a signal, one per subject; null = not known at this moment. Subjects that are missing are at rest.</summary>
    public ImmutableArray<SignalValue>? Read(string signal) => values.TryGetValue(signal, out ImmutableArray<SignalValue> found) ? found : null;

    internal void Set(string signal, double value, string detail = "") => values[signal] = [new SignalValue("", value, detail)];

    internal void Set(string signal, ImmutableArray<SignalValue> all) => values[signal] = all;

    /// <summary>Numbers of those subjects that have one; the signal is not known when none of several has.</summary>
    internal void SetKnown(string signal, IEnumerable<SignalValue?> all)
    {
        SignalValue?[] some = [.. all];
        if (some.Length == 0 || Array.Exists(some, static one => one is not null))
        {
            values[signal] = [.. some.Where(static one => one is not null).Select(static one => one!.Value)];
        }
    }
}
