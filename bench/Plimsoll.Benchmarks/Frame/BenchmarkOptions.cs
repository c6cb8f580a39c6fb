using System.Globalization;

namespace Plimsoll.Benchmarks.Frame;

/// <summary>Flags of a benchmark: <c>--name value</c>, or <c>--name</c> alone.</summary>
internal sealed class BenchmarkOptions
{
    private readonly Dictionary<string, string> _values = new(StringComparer.Ordinal);
    private readonly List<Measurement> _measured = [];

    public BenchmarkOptions(IReadOnlyList<string> words)
    {
        for (int at = 0; at < words.Count; at++)
        {
            if (!words[at].StartsWith("--", StringComparison.Ordinal))
            {
                throw new ArgumentException($"expected a --flag, found '{words[at]}'", nameof(words));
            }

            bool hasValue = at + 1 < words.Count && !words[at + 1].StartsWith("--", StringComparison.Ordinal);
            _values[words[at][2..]] = hasValue ? words[++at] : "";
        }
    }

    /// <summary>What the benchmark has measured so far.</summary>
    public IReadOnlyList<Measurement> Measured => _measured;

    /// <summary>Keeps measurements for <c>--report FILE</c>, which <c>plimsoll bench compare</c> reads.</summary>
    public IReadOnlyList<Measurement> Note(IReadOnlyList<Measurement> measured)
    {
        _measured.AddRange(measured);
        return measured;
    }

    public int Count(string name, int otherwise) => _values.TryGetValue(name, out string? value) ? int.Parse(value, CultureInfo.InvariantCulture) : otherwise;

    public string Text(string name, string otherwise) => _values.GetValueOrDefault(name, otherwise);

    public bool Has(string name) => _values.ContainsKey(name);
}
