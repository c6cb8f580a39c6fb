using System.CommandLine;
using Plimsoll.Cli.Benching;
using Plimsoll.Cli.Hosting;
using Plimsoll.Cli.Parsing;
using Plimsoll.Cli.Rendering;
using Plimsoll.Cli.Running;
using Plimsoll.Client;
using Plimsoll.Client.Benchmarks;
using Plimsoll.Daemon.Calibrating;
using Plimsoll.Daemon.Requests;

namespace Plimsoll.Cli.Commands;

/// <summary>Measures Plimsoll itself on this machine, beside its rivals and a control that must fail.</summary>
internal sealed class BenchCommand : Verb
{
    private const string Torture = "torture";
    private const string Provider = "provider";
    private readonly Argument<string> _benchmark = new("benchmark") { Description = "torture; baseline, stress, recommend, compare and provider have options of their own", HelpName = "NAME" };
    private readonly Option<string> _scenario = new("--scenario")
    {
        Description = $"Which jobs: {string.Join(", ", TortureRuns.Scenarios)} (default: mixed)",
        HelpName = "NAME",
        DefaultValueFactory = _ => "mixed",
    };

    private readonly Option<string?> _host = new("--host") { Description = "Memory of the host that is played", HelpName = "SIZE" };
    private readonly Option<string?> _cgroup = new("--cgroup") { Description = "A memory cgroup with a limit that plays the host (default: one is made)", HelpName = "DIR" };
    private readonly Option<int> _seed = new("--seed") { Description = "First seed (default: 1)", HelpName = "N", DefaultValueFactory = _ => 1 };
    private readonly Option<int> _seeds = new("--seeds") { Description = "How many seeds in a row (default: 1)", HelpName = "N", DefaultValueFactory = _ => 1 };
    private readonly Option<int?> _jobs = new("--jobs") { Description = "Jobs of a synthetic load", HelpName = "N" };
    private readonly Option<string[]> _contenders = new("--contenders")
    {
        Description = "Only plimsoll, control, static or rivals; may be repeated",
        HelpName = "NAME",
        Arity = ArgumentArity.OneOrMore,
    };

    private readonly Option<string?> _deadline = new("--deadline") { Description = "Longest time for one contender", HelpName = "TIME" };
    private readonly Option<string?> _folder = new("--folder") { Description = "Where its files go, on a disk (default: the temporary folder)", HelpName = "DIR" };
    private readonly Option<string?> _agents = new("--agents") { Description = "Where real agents are, or are installed with npm (default: a cache folder)", HelpName = "DIR" };
    private readonly Option<bool> _keep = new("--keep") { Description = "Keep the files" };
    private readonly Option<bool> _json = new("--json") { Description = "Print JSON (docs/cli.md shows its shape)" };

    public BenchCommand(CliContext context)
        : base("bench", "Measure jobs, this machine and Plimsoll on it: baseline, stress, recommend, compare, torture, provider", context)
    {
        Add(_benchmark);
        foreach (Option option in (Option[])[_scenario, _host, _cgroup, _seed, _seeds, _jobs, _contenders, _deadline, _folder, _agents, _keep, _json])
            Add(option);
    }

    public override IReadOnlyList<Example> Examples { get; } =
    [
        new("plimsoll bench torture", "36 jobs that mean harm, in a host of 1 GiB; needs root or a delegated cgroup"),
        new("plimsoll bench torture --scenario homogeneous --seeds 8", "Each kind of job once"),
        new("plimsoll bench torture --seeds 20 --contenders plimsoll --contenders control --json", "Does it survive 20 loads?"),
        new("plimsoll bench torture --scenario claude --host 1229M --agents artifacts/npm", "24 real Claude Code agents"),
        new("plimsoll bench baseline --help", "A job of yours alone; likewise stress, recommend and compare"),
        new("plimsoll bench provider --help", "A modelled provider to try clients and gateways on"),
    ];

    public override string Remarks => "Exit code 1 when a target is missed. Everything happens inside a memory cgroup that plays the host; the machine itself is not at risk.";

    public override Verb? Nested(string word) => word switch
    {
        Provider => new BenchProviderCommand(Context),
        "baseline" => new BenchBaselineCommand(Context),
        "stress" => new BenchStressCommand(Context),
        "recommend" => new BenchRecommendCommand(Context),
        "compare" => new BenchCompareCommand(Context),
        _ => null,
    };

    protected override async Task<ExitCode> ExecuteAsync(ParseResult words, CancellationToken cancellationToken)
    {
        if (!Read(words).TryGet(out TortureRequest? request, out Refusal? refusal))
            return Refuse(refusal);

        using var stop = new StopSignals();
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(stop.First, cancellationToken);
        try
        {
            Outcome<TortureReportView> ran = await TortureRuns.RunAsync(request, Context.Time, Say, linked.Token);
            if (!ran.TryGet(out TortureReportView? report, out refusal))
                return Refuse(refusal);

            if (words.GetValue(_json))
                Out.WriteJson(report, PlimsollJsonContext.Default.TortureReportView);
            else
                TorturePage.Write(Out, report);
            return report.Met ? ExitCode.Success : ExitCode.TaskFailed;
        }
        catch (OperationCanceledException) when (stop.Code is not null)
        {
            return stop.Code.Value;
        }
    }

    private void Say(string line)
    {
        Context.Error.WriteLine(line);
        Context.Error.Flush();
    }

    private Outcome<TortureRequest> Read(ParseResult words)
    {
        if (words.GetValue(_benchmark) is var name && name != Torture)
            return new Refusal(ExitCode.Invalid, $"there is no benchmark '{name}'", "there are baseline, stress, recommend, compare, torture and provider");
        if (words.GetValue(_seed) is < 1 or > 1_000_000 || words.GetValue(_seeds) is < 1 or > 1000)
            return new Refusal(ExitCode.Invalid, "--seed is a number from 1 to 1000000 and --seeds from 1 to 1000");
        if (words.GetValue(_jobs) is < 1 or > 999)
            return new Refusal(ExitCode.Invalid, $"--jobs takes a number from 1 to 999, found '{words.GetValue(_jobs)}'");

        long? host = null;
        if (words.GetValue(_host) is { } size)
        {
            if (!Quantity.TryBytes(size, out long bytes) || bytes < 256L << 20)
                return new Refusal(ExitCode.Invalid, $"--host takes a size of at least 256M, found '{size}'", "for example 1G");
            host = bytes;
        }

        TimeSpan? deadline = null;
        if (words.GetValue(_deadline) is { } text)
        {
            if (!Quantity.TryDuration(text, out TimeSpan duration))
                return new Refusal(ExitCode.Invalid, $"--deadline takes a time above 0, found '{text}'", "for example 2m");
            deadline = duration;
        }

        return new TortureRequest(
            words.GetValue(_scenario)!,
            host,
            words.GetValue(_cgroup),
            words.GetValue(_seed),
            words.GetValue(_seeds),
            words.GetValue(_jobs),
            words.GetValue(_contenders) ?? [],
            deadline,
            Absolute(words.GetValue(_folder)),
            Absolute(words.GetValue(_agents)),
            words.GetValue(_keep));
    }

    private string? Absolute(string? path) => path is null ? null : Path.GetFullPath(path, Context.Folder);
}
