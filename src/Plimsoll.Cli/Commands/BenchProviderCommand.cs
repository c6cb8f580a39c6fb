using System.CommandLine;
using Plimsoll.Cli.Hosting;
using Plimsoll.Cli.Parsing;
using Plimsoll.Cli.Rendering;
using Plimsoll.Cli.Running;
using Plimsoll.Client;
using Plimsoll.Client.Benchmarks;
using Plimsoll.Daemon.Calibrating;
using Plimsoll.Daemon.Requests;

namespace Plimsoll.Cli.Commands;

/// <summary>Serves a modelled provider on loopback, with its limits and its faults.</summary>
internal sealed class BenchProviderCommand : Verb
{
    private static readonly (string Name, string Meaning)[] LimitNames =
    [
        ("rpm", "Requests per minute"), ("itpm", "Input tokens per minute, cache reads aside"), ("otpm", "Output tokens per minute, as produced"),
        ("tpm", "Tokens per minute, charged at arrival"), ("rpd", "Requests per day"), ("concurrency", "Requests answered at the same time"),
    ];

    private readonly Option<string?> _kind = Text("--kind", "anthropic, openai, azure or gemini (default: anthropic)", "KIND", "anthropic");
    private readonly Option<string?>[] _limits = [.. LimitNames.Select(limit => new Option<string?>($"--{limit.Name}") { Description = limit.Meaning, HelpName = "N" })];
    private readonly Option<string?> _depth = Text("--depth", "How much a full bucket holds, in time of refill; of Azure the window", "TIME");
    private readonly Option<string?> _charging = Text("--charging", "Tokens at arrival: max or sum of max_tokens and the estimate", "RULE");
    private readonly Option<string?> _oversize = Text("--oversize", "A request above the depth: debt, full (bucket) or refused", "RULE");
    private readonly Option<string?> _headers = Text("--headers", "Limit headers of OpenAI's kind: own, seconds, nonpositive, daily or absent", "STYLE");
    private readonly Option<string?> _told = Text("--told", "Which level the headers tell: enforced or minute", "LEVEL");
    private readonly Option<string?> _acceleration = Text("--acceleration", "How fast input may grow, FREE:GROWTH:MINUTES (OpenAI: 1000000:0.5:15)", "LIMIT");
    private readonly Option<string?> _firstToken = Text("--first-token", "Seconds to the first token, MEDIAN or MEDIAN:SIGMA (default: 0.8:0.4)", "SPREAD");
    private readonly Option<string?> _speed = Text("--tokens-per-second", "Speed of an answer (default: 60:0.3)", "SPREAD");
    private readonly Option<string?> _output = Text("--output-tokens", "Length of an answer (default: 350:1)", "SPREAD");
    private readonly Option<string[]> _faults = new("--fault")
    {
        Description = "KIND=SHARE of requests; may be repeated. Kinds: 429, 429-silent, spend, 529, 500, 504, error, stall, cut, reset, silence, slow, split",
        HelpName = "FAULT",
        Arity = ArgumentArity.OneOrMore,
    };

    private readonly Option<string?> _retryAfter = Text("--retry-after", "What an injected 429 says (default: 5s)", "TIME");
    private readonly Option<bool> _steady = new("--steady") { Description = "The same small answer to everything, at once: for measuring what stands before it" };
    private readonly Option<int> _seed = new("--seed") { Description = "All randomness follows from it (default: 1)", HelpName = "N", DefaultValueFactory = _ => 1 };
    private readonly Option<int> _port = new("--port") { Description = "Loopback port (default: any free one)", HelpName = "N" };
    private readonly Option<bool> _json = new("--json") { Description = "Print JSON: a line when it listens, one at the end (docs/cli.md shows them)" };

    public BenchProviderCommand(CliContext context)
        : base("provider", "Serve a modelled provider on loopback until interrupted, with its limits, headers and faults", context)
    {
        foreach (Option option in (Option[])
            [_kind, .. _limits, _depth, _charging, _oversize, _headers, _told, _acceleration, _firstToken, _speed, _output, _faults, _retryAfter, _steady, _seed, _port, _json])
            Add(option);
    }

    public override string Words => "bench provider";

    public override IReadOnlyList<Example> Examples { get; } =
    [
        new("plimsoll bench provider --itpm 500k --depth 1s", "An Anthropic account whose buckets hold one second"),
        new("plimsoll bench provider --kind openai --rpm 500 --tpm 200k --charging sum --fault 429=0.01 --fault cut=0.01", "Faults in two of a hundred requests"),
        new("plimsoll bench provider --steady --port 8400 --json", "As fast as it goes"),
    ];

    public override string Remarks =>
        "Routes: /v1/messages, /v1/chat/completions, /v1/responses, /v1/embeddings and those beside them. Keys are not checked. The header x-model-output-tokens says how long an answer is.";

    protected override async Task<ExitCode> ExecuteAsync(ParseResult words, CancellationToken cancellationToken)
    {
        if (!Read(words).TryGet(out ModelledProviderRequest? request, out Refusal? refusal))
            return Refuse(refusal);

        using var stop = new StopSignals();
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(stop.First, cancellationToken);
        bool json = words.GetValue(_json);
        Outcome<ProviderReportView> ran = await ProviderRuns.RunAsync(request, Context.Time, ready => Say(ready, json), linked.Token);
        if (!ran.TryGet(out ProviderReportView? report, out refusal))
            return Refuse(refusal);

        if (json)
            Out.WriteJson(report, PlimsollJsonContext.Default.ProviderReportView);
        else
            ProviderPage.Write(Out, report);
        return ExitCode.Success;
    }

    private void Say(ProviderReadyView ready, bool json)
    {
        if (json)
            Out.WriteJson(ready, PlimsollJsonContext.Default.ProviderReadyView);
        else
            Out.WriteLine($"{ready.Kind} at {ready.Url}; Ctrl-C ends it");
        Out.Flush();
    }

    private Outcome<ModelledProviderRequest> Read(ParseResult words)
    {
        if (words.GetValue(_port) is < 0 or > 65_535)
            return new Refusal(ExitCode.Invalid, $"--port takes a number from 0 to 65535, found '{words.GetValue(_port)}'");
        TimeSpan? depth = null;
        TimeSpan? retryAfter = null;
        foreach ((Option<string?> option, Action<TimeSpan> set) in (ReadOnlySpan<(Option<string?>, Action<TimeSpan>)>)
            [(_depth, value => depth = value), (_retryAfter, value => retryAfter = value)])
        {
            if (words.GetValue(option) is not { } text)
                continue;
            if (!Quantity.TryDuration(text, out TimeSpan value))
                return new Refusal(ExitCode.Invalid, $"{option.Name} takes a time above 0, found '{text}'", "for example 10s");
            set(value);
        }

        Dictionary<string, string> limits = new(StringComparer.Ordinal);
        foreach (((string name, _), Option<string?> option) in LimitNames.Zip(_limits))
        {
            if (words.GetValue(option) is { } amount)
                limits[name] = amount;
        }

        return new ModelledProviderRequest(
            words.GetValue(_kind)!,
            limits,
            depth,
            words.GetValue(_charging),
            words.GetValue(_oversize),
            words.GetValue(_headers),
            words.GetValue(_told),
            words.GetValue(_acceleration),
            words.GetValue(_firstToken),
            words.GetValue(_speed),
            words.GetValue(_output),
            words.GetValue(_faults) ?? [],
            retryAfter,
            words.GetValue(_steady),
            words.GetValue(_seed),
            words.GetValue(_port));
    }

    private static Option<string?> Text(string name, string meaning, string helpName, string? otherwise = null) =>
        new(name) { Description = meaning, HelpName = helpName, DefaultValueFactory = _ => otherwise };
}
