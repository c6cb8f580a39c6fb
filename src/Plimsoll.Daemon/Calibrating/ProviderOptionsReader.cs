using System.Globalization;
using Plimsoll.Calibration.ProviderModel.Accounts;
using Plimsoll.Calibration.ProviderModel.Draws;
using Plimsoll.Calibration.ProviderModel.Faults;
using Plimsoll.Calibration.ProviderModel.Quotas;
using Plimsoll.Daemon.Requests;

namespace Plimsoll.Daemon.Calibrating;

/// <summary>From the words of the command line to the options of the model; everything wrong is named at once.</summary>
internal sealed class ProviderOptionsReader
{
    private static readonly Dictionary<string, FaultKind> FaultNames = new(StringComparer.Ordinal)
    {
        ["429"] = FaultKind.RateLimited,
        ["429-silent"] = FaultKind.RateLimitedSilently,
        ["spend"] = FaultKind.SpendLimit,
        ["529"] = FaultKind.Overloaded,
        ["500"] = FaultKind.ServerError,
        ["504"] = FaultKind.TimedOut,
        ["error"] = FaultKind.MidStreamError,
        ["stall"] = FaultKind.Stall,
        ["cut"] = FaultKind.Cut,
        ["reset"] = FaultKind.Reset,
        ["silence"] = FaultKind.Silence,
        ["slow"] = FaultKind.SlowLoris,
        ["split"] = FaultKind.Split,
    };

    private readonly List<string> problems = [];

    private ProviderOptionsReader()
    {
    }

    /// <summary>Words of <c>--fault</c>.</summary>
    public static IEnumerable<string> Faults => FaultNames.Keys;

    public static Outcome<ProviderOptions> Read(ModelledProviderRequest request)
    {
        ProviderOptionsReader reader = new();
        ProviderOptions options = reader.Options(request);
        reader.problems.AddRange(options.Problems());
        return reader.problems.Count == 0 ? options : new Refusal(ExitCode.Invalid, string.Join("; ", reader.problems), "'plimsoll bench provider --help' shows each form");
    }

    private ProviderOptions Options(ModelledProviderRequest request)
    {
        QuotaLimits limits = new(
            Amount(request, "rpm"), Amount(request, "itpm"), Amount(request, "otpm"), Amount(request, "tpm"), null, Amount(request, "rpd"));
        ProviderOptions options = request.Kind switch
        {
            "anthropic" => ProviderOptions.Anthropic(limits == new QuotaLimits() ? QuotaLimits.Anthropic[0] : limits),
            "openai" => ProviderOptions.OpenAI(limits),
            "azure" => ProviderOptions.Azure(limits),
            "gemini" => ProviderOptions.Gemini(limits),
            _ => Wrong(ProviderOptions.OpenAI(limits), $"there is no kind '{request.Kind}' (there are anthropic, openai, azure and gemini)"),
        };
        return options with
        {
            Shape = options.Shape with
            {
                Depth = request.Depth ?? options.Shape.Depth,
                Oversize = Word(request.Oversize, options.Shape.Oversize, ("debt", OversizePolicy.Debt), ("full", OversizePolicy.FullBucket), ("refused", OversizePolicy.Refused)),
                Told = Word(request.Told, options.Shape.Told, ("enforced", HeaderLevel.Enforced), ("minute", HeaderLevel.Minute)),
            },
            ConcurrentRequests = Amount(request, "concurrency") is { } most ? (int)Math.Min(int.MaxValue, most) : null,
            Charging = Word(request.Charging, options.Charging, ("max", TokenCharging.Max), ("sum", TokenCharging.Sum)),
            Headers = Word(
                request.Headers,
                options.Headers,
                ("own", HeaderStyle.Own), ("seconds", HeaderStyle.PlainSeconds), ("nonpositive", HeaderStyle.NonPositive), ("daily", HeaderStyle.DailyRequests), ("absent", HeaderStyle.Absent)),
            Acceleration = Acceleration(request.Acceleration),
            FirstTokenSeconds = Spread(request.FirstToken, options.FirstTokenSeconds),
            TokensPerSecond = Spread(request.Speed, options.TokensPerSecond),
            OutputTokens = Spread(request.Output, options.OutputTokens),
            Faults = options.Faults with { Shares = Shares(request.Faults), RetryAfter = request.RetryAfter ?? options.Faults.RetryAfter },
            Seed = request.Seed,
        };
    }

    private long? Amount(ModelledProviderRequest request, string name)
    {
        if (!request.Limits.TryGetValue(name, out string? text))
            return null;
        (string digits, double unit) = text switch
        {
            [.. var front, 'k' or 'K'] => (front, 1e3),
            [.. var front, 'm' or 'M'] => (front, 1e6),
            _ => (text, 1),
        };
        return Number(digits) is { } number && number * unit is >= 1 and <= 1e9
            ? (long)Math.Round(number * unit)
            : Wrong<long?>(null, $"--{name} takes an amount from 1 to 1000M, found '{text}'");
    }

    private T Word<T>(string? text, T otherwise, params ReadOnlySpan<(string Word, T Value)> known)
    {
        if (text is null)
            return otherwise;
        foreach ((string word, T value) in known)
        {
            if (word == text)
                return value;
        }

        string words = "";
        foreach ((string word, _) in known)
            words += (words.Length == 0 ? "" : ", ") + word;
        return Wrong(otherwise, $"found '{text}' where one of {words} is needed");
    }

    private Spread Spread(string? text, Spread otherwise)
    {
        if (text is null)
            return otherwise;
        string[] parts = text.Split(':');
        if (parts.Length > 2 || Number(parts[0]) is not { } median || Number(parts.Length == 2 ? parts[1] : "0") is not { } sigma)
            return Wrong(otherwise, $"a distribution is MEDIAN or MEDIAN:SIGMA, found '{text}'");
        return otherwise with { Median = median, Sigma = sigma, Smallest = Math.Min(otherwise.Smallest, median), Largest = Math.Max(otherwise.Largest, median) };
    }

    private AccelerationLimit? Acceleration(string? text)
    {
        if (text is null)
            return null;
        string[] parts = text.Split(':');
        return parts.Length == 3 && Number(parts[0]) is { } free && Number(parts[1]) is { } growth && Number(parts[2]) is { } minutes
            ? new((long)free, growth, TimeSpan.FromMinutes(Math.Min(minutes, 1e6)))
            : Wrong<AccelerationLimit?>(null, $"--acceleration takes FREE:GROWTH:MINUTES, found '{text}'");
    }

    private Dictionary<FaultKind, double> Shares(IReadOnlyList<string> words)
    {
        Dictionary<FaultKind, double> shares = [];
        foreach (string word in words)
        {
            string[] parts = word.Split('=');
            if (parts.Length == 2 && FaultNames.TryGetValue(parts[0], out FaultKind kind) && Number(parts[1]) is { } share)
                shares[kind] = share;
            else
                problems.Add($"--fault takes KIND=SHARE with a kind of {string.Join(", ", Faults)}, found '{word}'");
        }

        return shares;
    }

    private static double? Number(string text) =>
        double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double number) ? number : null;

    private T Wrong<T>(T otherwise, string problem)
    {
        problems.Add(problem);
        return otherwise;
    }
}
