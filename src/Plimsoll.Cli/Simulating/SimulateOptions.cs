using System.CommandLine;
using System.Globalization;
using Plimsoll.Cli.Hosting;
using Plimsoll.Cli.Parsing;
using Plimsoll.Daemon.Projects;
using Plimsoll.Daemon.Requests;

namespace Plimsoll.Cli.Simulating;

/// <summary>The words of <c>simulate</c> that say what is simulated.</summary>
internal sealed class SimulateOptions
{
    private readonly Option<int> _nodes = new("--nodes") { Description = "Equal nodes, 1 to 10000 (default: 1)", HelpName = "N", DefaultValueFactory = _ => 1 };
    private readonly Option<string?> _memory = new("--memory") { Description = "Memory of each node (default: this machine's)", HelpName = "SIZE" };
    private readonly Option<string?> _cpu = new("--cpu") { Description = "Cores of each node (default: this machine's)", HelpName = "N" };
    private readonly Option<string[]> _node = new("--node") { Description = $"Nodes of one size instead of --nodes: {NodeWords.NodeForm}; may be repeated", HelpName = "NODES", Arity = ArgumentArity.OneOrMore };
    private readonly Option<string[]> _policy = new("--policy") { Description = "load-line, oracle, fixed:N, guarded:N, tiers, formula[:SIZE], reserve[:SIZE]; several with commas (default: load-line)", HelpName = "NAMES", Arity = ArgumentArity.OneOrMore };
    private readonly Option<string[]> _placement = new("--placement") { Description = "best-fit, round-robin, least-loaded, weighted-round-robin, capability; several with commas (default: best-fit)", HelpName = "NAMES", Arity = ArgumentArity.OneOrMore };
    private readonly Option<int> _seed = new("--seed") { Description = "First seed (default: 1)", HelpName = "N", DefaultValueFactory = _ => 1 };
    private readonly Option<int> _seeds = new("--seeds") { Description = "How many seeds in a row (default: 1)", HelpName = "N", DefaultValueFactory = _ => 1 };
    private readonly Option<int> _passes = new("--passes") { Description = "Run the tasks so often; classes are known from the second time on (default: 1)", HelpName = "N", DefaultValueFactory = _ => 1 };
    private readonly Option<string[]> _quota = new("--quota") { Description = "Agents that the quota of a provider feeds at once: NAME=N; may be repeated", HelpName = "NAME=N", Arity = ArgumentArity.OneOrMore };
    private readonly Option<string?> _limitScale = new("--limit-scale") { Description = "Factor on the plan's limits of services outside, e.g. 2", HelpName = "X" };
    private readonly Option<string?> _failures = new("--node-failures") { Description = NodeWords.FailureForm, HelpName = "WHEN" };
    private readonly Option<string?> _repair = new("--repair") { Description = "Time until a node that failed by chance is back (default: 10m)", HelpName = "TIME" };
    private readonly Option<string?> _latency = new("--start-latency") { Description = "From the decision to start until the work begins", HelpName = "TIME" };
    private readonly Option<string?> _unknownTime = new("--task-time") { Description = "Life of a task of which nothing is known (default: 1m)", HelpName = "TIME" };
    private readonly Option<string?> _unknownMemory = new("--task-memory") { Description = "Memory of a task of which nothing is known (default: 512M)", HelpName = "SIZE" };
    private readonly Option<bool> _remaining = new("--remaining") { Description = "Of a run: only the tasks that have not ended" };
    private readonly Option<bool> _undeclared = new("--undeclared") { Description = "Forget what tasks declare of their memory, so that all of it is learned" };
    private readonly Option<string?> _format = new("--format") { Description = "yaml, json or wfcommons (default: by the file)", HelpName = "FORMAT" };
    private readonly Option<string?> _timeScale = new("--time-scale") { Description = "wfcommons: factor on recorded durations", HelpName = "X" };
    private readonly Option<string?> _memoryScale = new("--memory-scale") { Description = "wfcommons: factor on recorded memory", HelpName = "X" };

    private Option[] All => [_nodes, _memory, _cpu, _node, _policy, _placement, _seed, _seeds, _passes, _quota, _limitScale, _failures, _repair, _latency, _unknownTime, _unknownMemory, _remaining, _undeclared, _format, _timeScale, _memoryScale];

    public void AddTo(Command verb)
    {
        foreach (Option option in All)
            verb.Add(option);
    }

    /// <summary>The first option given that says more than the seeds; null = none was.</summary>
    public string? Foreign(ParseResult words) => All.FirstOrDefault(option => option != _seed && option != _seeds && IsGiven(words, option))?.Name;

    public Outcome<(int First, int Count)> Seeds(ParseResult words) =>
        words.GetValue(_seed) is < 0 or > 1_000_000_000 || words.GetValue(_seeds) is < 1 or > 1_000_000
            ? new Refusal(ExitCode.Invalid, "--seed is a number from 0 to 1000000000 and --seeds from 1 to 1000000")
            : (words.GetValue(_seed), words.GetValue(_seeds));

    public Outcome<SimulationRequest> Read(ParseResult words, string input, CliContext context)
    {
        if (!Seeds(words).TryGet(out (int First, int Count) seeds, out Refusal? refusal)
            || !Nodes(words).TryGet(out List<SimulatedNodes>? nodes, out refusal)
            || !Plan(words, input).TryGet(out PlanRequest? plan, out refusal)
            || !Quotas(words).TryGet(out Dictionary<string, int>? quotas, out refusal))
        {
            return refusal;
        }

        if (words.GetValue(_passes) is < 1 or > 100)
            return Invalid("--passes", $"{words.GetValue(_passes)}", "a number from 1 to 100");
        var request = new SimulationRequest(plan, nodes, List(words.GetValue(_policy), "load-line"), List(words.GetValue(_placement), "best-fit"), seeds.First, seeds.Count, words.GetValue(_passes))
        {
            Quotas = quotas,
            Remaining = words.GetValue(_remaining),
            Undeclared = words.GetValue(_undeclared),
        };
        return ReadTimes(words, request);
    }

    private Outcome<SimulationRequest> ReadTimes(ParseResult words, SimulationRequest request)
    {
        TimeSpan every = default, repair = request.Repair, latency = default, unknown = request.UnknownDuration;
        long memory = request.UnknownMemoryBytes;
        double scale = 1;
        IReadOnlyList<ListedFailure> listed = [];
        if (words.GetValue(_failures) is { } failures && !Quantity.TryDuration(failures, out every))
        {
            if (NodeWords.Failures(failures) is not { } read)
                return Invalid("--node-failures", failures, NodeWords.FailureForm);
            listed = read;
        }

        if (words.GetValue(_repair) is { } again && !Quantity.TryDuration(again, out repair))
            return Invalid("--repair", again, "a time above 0 such as 10m");
        if (words.GetValue(_latency) is { } start && !Quantity.TryDuration(start, out latency))
            return Invalid("--start-latency", start, "a time above 0 such as 20ms");
        if (words.GetValue(_unknownTime) is { } life && !Quantity.TryDuration(life, out unknown))
            return Invalid("--task-time", life, "a time above 0 such as 5m");
        if (words.GetValue(_unknownMemory) is { } size && !Quantity.TryBytes(size, out memory))
            return Invalid("--task-memory", size, "a size such as 512M");
        if (words.GetValue(_limitScale) is { } factor && !Quantity.TryScale(factor, out scale))
            return Invalid("--limit-scale", factor, "a positive factor such as 2 or 1/2");
        return request with
        {
            FailsEvery = every > TimeSpan.Zero ? every : null,
            Failures = listed,
            Repair = repair,
            StartLatency = latency,
            UnknownDuration = unknown,
            UnknownMemoryBytes = memory,
            LimitScale = scale,
        };
    }

    private Outcome<List<SimulatedNodes>> Nodes(ParseResult words)
    {
        List<SimulatedNodes> nodes = [];
        foreach (string text in words.GetValue(_node) ?? [])
        {
            if (NodeWords.Node(text) is not { } group)
                return Invalid("--node", text, NodeWords.NodeForm);
            nodes.Add(group);
        }

        if (nodes.Count > 0)
        {
            return ((Option[])[_nodes, _memory, _cpu]).FirstOrDefault(option => IsGiven(words, option)) is { } other
                ? new Refusal(ExitCode.Invalid, $"--node and {other.Name} both say what the nodes are", $"leave one of them out; {NodeWords.NodeForm}")
                : nodes;
        }

        if (words.GetValue(_nodes) is < 1 or > 10_000)
            return Invalid("--nodes", $"{words.GetValue(_nodes)}", "a number from 1 to 10000");
        long memory = Project.MachineMemoryBytes;
        if (words.GetValue(_memory) is { } size && (!Quantity.TryBytes(size, out memory) || memory < 1 << 20))
            return Invalid("--memory", size, "a size of at least 1M such as 64G");
        double cores = Environment.ProcessorCount;
        if (words.GetValue(_cpu) is { } cpu)
        {
            if (NodeWords.Cores(cpu) is not { } number)
                return Invalid("--cpu", cpu, "a number of cores above 0 such as 16");
            cores = number;
        }

        nodes.Add(new SimulatedNodes(words.GetValue(_nodes), memory, cores, []));
        return nodes;
    }

    private Outcome<PlanRequest> Plan(ParseResult words, string input)
    {
        double timeScale = 1, memoryScale = 1;
        PlanFormat? format = null;
        switch (words.GetValue(_format))
        {
            case null:
                break;
            case "yaml" or "yml":
                format = PlanFormat.Yaml;
                break;
            case "json":
                format = PlanFormat.Json;
                break;
            case "wfcommons" or "wfformat":
                format = PlanFormat.WfCommons;
                break;
            case { } other:
                return Invalid("--format", other, "yaml, json or wfcommons");
        }

        if (words.GetValue(_timeScale) is { } time && !Quantity.TryScale(time, out timeScale))
            return Invalid("--time-scale", time, "a positive factor such as 1/1000");
        if (words.GetValue(_memoryScale) is { } memory && !Quantity.TryScale(memory, out memoryScale))
            return Invalid("--memory-scale", memory, "a positive factor such as 1/16");
        return new PlanRequest(input, null, format, new RecordingOptions(timeScale, memoryScale, null, null, true));
    }

    private Outcome<Dictionary<string, int>> Quotas(ParseResult words)
    {
        Dictionary<string, int> quotas = new(StringComparer.Ordinal);
        foreach (string text in words.GetValue(_quota) ?? [])
        {
            string[] parts = text.Split('=', 2);
            if (parts.Length != 2 || parts[0].Length == 0 || !int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out int feeds) || feeds < 1)
                return Invalid("--quota", text, "NAME=N with N from 1, for example anthropic=12");
            quotas[parts[0]] = feeds;
        }

        return quotas;
    }

    private static bool IsGiven(ParseResult words, Option option) => words.GetResult(option) is { Implicit: false };

    private static List<string> List(string[]? given, string otherwise)
    {
        List<string> names = [.. (given ?? []).SelectMany(text => text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))];
        return names.Count > 0 ? names : [otherwise];
    }

    private static Refusal Invalid(string option, string found, string takes) => new(ExitCode.Invalid, $"{option} takes {takes}, found '{found}'");
}
