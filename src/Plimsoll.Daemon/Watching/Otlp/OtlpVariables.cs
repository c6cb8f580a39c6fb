using System.Globalization;

namespace Plimsoll.Daemon.Watching.Otlp;

/// <summary>Reads <c>OTEL_*</c> variables; what cannot be followed becomes a sentence, and the default holds.</summary>
/// <remarks>A variable of one signal stands above the general one. Values of headers are secrets: no sentence shows them.</remarks>
internal sealed class OtlpVariables(IReadOnlyDictionary<string, string> environment)
{
    private const string Default = "http://localhost:4318";
    private const int LongestMilliseconds = 86_400_000;

    private static readonly TimeSpan DefaultTimeout = TimeSpan.FromSeconds(10);

    private readonly List<string> problems = [];

    /// <summary>One for each value, however many signals it is read for.</summary>
    public IReadOnlyList<string> Problems => problems;

    /// <summary>Null when unset; empty counts as unset.</summary>
    public string? Value(string name) => environment.GetValueOrDefault(name)?.Trim() is { Length: > 0 } value ? value : null;

    /// <summary>Where a signal goes; null when it is not exported.</summary>
    public OtlpTarget? Target(OtlpSignal signal)
    {
        string name = signal.ToString().ToUpperInvariant();
        string own = $"OTEL_EXPORTER_OTLP_{name}_";
        bool? asked = Asks(signal, $"OTEL_{name}_EXPORTER");
        string? endpoint = Value(own + "ENDPOINT");
        string? general = Value("OTEL_EXPORTER_OTLP_ENDPOINT");
        if (asked == false || (asked is null && endpoint is null && general is null) || !Speaks(own))
        {
            return null;
        }

        string address = endpoint ?? $"{(general ?? Default).TrimEnd('/')}/v1/{name.ToLowerInvariant()}";
        if (!Uri.TryCreate(address, UriKind.Absolute, out Uri? uri) || uri.Scheme is not ("http" or "https"))
        {
            Complain($"{(endpoint is null ? "OTEL_EXPORTER_OTLP_ENDPOINT" : own + "ENDPOINT")} is '{endpoint ?? general}', which is no http or https address, so nothing is exported there; an example is {Default}");
            return null;
        }

        return new OtlpTarget(signal, uri, Headers(own), Milliseconds(Set(own, "TIMEOUT")) ?? DefaultTimeout) { Compresses = IsCompressed(own) };
    }

    /// <summary>A time in milliseconds; null when unset or none.</summary>
    public TimeSpan? Milliseconds(string name)
    {
        if (Value(name) is not { } text)
        {
            return null;
        }

        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number is > 0 and <= LongestMilliseconds)
        {
            return TimeSpan.FromMilliseconds(number);
        }

        Complain($"{name} is '{text}', which is no number of milliseconds from 1 to {LongestMilliseconds}; the default holds");
        return null;
    }

    /// <summary>Names and values as W3C baggage writes them: <c>a=b,c=d%20e</c>.</summary>
    public List<KeyValuePair<string, string>> Pairs(string name)
    {
        var pairs = new List<KeyValuePair<string, string>>();
        foreach (string part in (Value(name) ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (part.Split('=', 2, StringSplitOptions.TrimEntries) is [{ Length: > 0 } key, { } value])
            {
                pairs.Add(new(Uri.UnescapeDataString(key), Uri.UnescapeDataString(value)));
            }
            else
            {
                Complain($"{name} holds an entry that is no name=value, which is left out; entries are divided by commas, and a comma within a value is written %2C");
            }
        }

        return pairs;
    }

    /// <summary>Whether the exporter of a signal is asked for, refused, or not spoken of.</summary>
    private bool? Asks(OtlpSignal signal, string variable)
    {
        if (Value(variable) is not { } text)
        {
            return null;
        }

        string[] known = signal == OtlpSignal.Metrics ? ["otlp", "none", "prometheus"] : ["otlp", "none"];
        string[] named = text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (Array.Find(named, one => !known.Contains(one, StringComparer.OrdinalIgnoreCase)) is { } strange)
        {
            Complain($"{variable} names '{strange}', which Plimsoll does not know; it takes {string.Join(", ", known)}");
        }

        return named.Contains("otlp", StringComparer.OrdinalIgnoreCase);
    }

    private bool Speaks(string own)
    {
        string variable = Set(own, "PROTOCOL");
        switch (Value(variable))
        {
            case null or "http/json" or "http/protobuf": // a collector takes both at the same address
                return true;
            case { } text:
                Complain($"{variable} is '{text}', and Plimsoll speaks OTLP over HTTP, so nothing is exported; set http/json and the HTTP port of the collector, usually 4318");
                return false;
        }
    }

    private bool IsCompressed(string own)
    {
        string variable = Set(own, "COMPRESSION");
        if (Value(variable) is { } text and not ("gzip" or "none"))
        {
            Complain($"{variable} is '{text}'; Plimsoll takes gzip or none, and compresses nothing now");
        }

        return Value(variable) == "gzip";
    }

    private List<KeyValuePair<string, string>> Headers(string own)
    {
        string variable = Set(own, "HEADERS");
        List<KeyValuePair<string, string>> pairs = Pairs(variable);
        if (pairs.RemoveAll(static pair => !pair.Key.All(static one => char.IsAsciiLetterOrDigit(one) || "!#$%&'*+-.^_`|~".Contains(one, StringComparison.Ordinal)) || pair.Value.Any(char.IsControl)) > 0)
        {
            Complain($"{variable} holds a header that HTTP does not allow, which is left out; names are letters, digits and -, values have no line break");
        }

        return pairs;
    }

    /// <summary>The variable that holds: the signal's own when it is set.</summary>
    private string Set(string own, string ending) => Value(own + ending) is null ? "OTEL_EXPORTER_OTLP_" + ending : own + ending;

    private void Complain(string sentence)
    {
        if (!problems.Contains(sentence, StringComparer.Ordinal))
        {
            problems.Add(sentence);
        }
    }
}
