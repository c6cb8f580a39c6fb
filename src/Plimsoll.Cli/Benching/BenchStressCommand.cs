using System.CommandLine;
using System.Globalization;
using Plimsoll.Cli.Commands;
using Plimsoll.Cli.Hosting;
using Plimsoll.Cli.Parsing;
using Plimsoll.Client;
using Plimsoll.Daemon.Calibrating;
using Plimsoll.Daemon.Requests;

namespace Plimsoll.Cli.Benching;

/// <summary>Measures many jobs at the same time: a matrix of limits, or a load over time.</summary>
internal sealed class BenchStressCommand : BenchVerb
{
    private const string Unlimited = "unlimited";
    private readonly Option<string[]> _agents = Many("--at-once", "How many at the same time (default: 1,2,4,6,8)", "LIST");
    private readonly Option<string[]> _memory = Many("--memory", "Memory limits of each, or unlimited (default: 2G,4G,6G,8G)", "LIST");
    private readonly Option<string[]> _cpu = Many("--cpu", "Limits of cores of each, or unlimited (default: 0.5,1,2,unlimited)", "LIST");
    private readonly Option<string?> _resume = new("--resume") { Description = "Go on with the matrix of this report", HelpName = "FILE" };
    private readonly Option<string?> _profile = new("--profile") { Description = "Instead of a matrix a load over time: light, medium, heavy, spike or endurance", HelpName = "NAME" };
    private readonly Option<string?> _duration = new("--duration") { Description = "How long the profile lasts (default: 5 to 10 min, endurance 8h)", HelpName = "TIME" };
    private readonly Option<int?> _safe = new("--safe") { Description = "Jobs at once that count as safe (default: by what one job takes alone)", HelpName = "N" };

    public BenchStressCommand(CliContext context)
        : base("stress", "Measure many jobs at once, inside a cgroup that protects the machine: a matrix of limits, or a load over time", context)
    {
        Job.AddTo(this);
        foreach (Option option in (Option[])[_agents, _memory, _cpu, _resume, _profile, _duration, _safe])
            Add(option);
        AddBenchOptions();
    }

    public override IReadOnlyList<Example> Examples { get; } =
    [
        new("plimsoll bench stress --at-once 1,2,4 --memory 512M,1G --cpu 1,unlimited -- make -j2", "Twelve cells"),
        new("plimsoll bench stress --agent claude", "The whole default matrix with Claude Code"),
        new("plimsoll bench stress --resume docs/logs/benchmarks/20261121-0930-stress.json --agent claude", "Go on after an interruption"),
        new("plimsoll bench stress --profile spike --duration 8h -- ./job.sh", "Passed or not?"),
    ];

    public override string Remarks =>
        "A row of the matrix ends at a kill by the host or at more than half of swap space used. A kill for a job's own limit, one by the host and any other 137 are told apart. "
        + "Exit code 1 when a profile is not passed.";

    protected override Task<ExitCode> ExecuteAsync(ParseResult words, CancellationToken cancellationToken)
    {
        if (!Job.Read(words, Context).TryGet(out TrialRequest? trial, out Refusal? refusal))
            return Task.FromResult(Refuse(refusal));
        if (words.GetValue(_profile) is { } profile)
            return ProfileAsync(words, trial, profile, cancellationToken);
        if (words.GetValue(_duration) is not null || words.GetValue(_safe) is not null)
            return Task.FromResult(Refuse(new Refusal(ExitCode.Invalid, "--duration and --safe belong to --profile")));
        if (!Read(words, trial).TryGet(out StressRequest? request, out refusal))
            return Task.FromResult(Refuse(refusal));

        return MeasureAsync(words, token => StressRuns.RunAsync(request, Context.Time, Say, token), PlimsollJsonContext.Default.StressReportView, static _ => ExitCode.Success, cancellationToken);
    }

    private Task<ExitCode> ProfileAsync(ParseResult words, TrialRequest trial, string profile, CancellationToken cancellationToken)
    {
        TimeSpan duration = default;
        if (words.GetValue(_duration) is { } time && !Quantity.TryDuration(time, out duration))
            return Task.FromResult(Refuse(TrialWords.Invalid("--duration", time, "a time above 0 such as 2m")));
        if (words.GetValue(_safe) is < 1 or > 1024)
            return Task.FromResult(Refuse(TrialWords.Invalid("--safe", $"{words.GetValue(_safe)}", "a number from 1 to 1024")));
        if (!Memory(words).TryGet(out List<long?>? memory, out Refusal? refusal))
            return Task.FromResult(Refuse(refusal));
        if (memory.Count > 1 || words.GetValue(_agents) is { Length: > 0 } || words.GetValue(_cpu) is { Length: > 0 } || words.GetValue(_resume) is not null)
            return Task.FromResult(Refuse(new Refusal(ExitCode.Invalid, "a profile takes one --memory at most, and neither --at-once, --cpu nor --resume", "--safe says how many at once")));

        var request = new ProfileRequest(trial, profile, duration > TimeSpan.Zero ? duration : null, words.GetValue(_safe), memory.FirstOrDefault());
        return MeasureAsync(
            words,
            token => ProfileRuns.RunAsync(request, Context.Time, Say, token),
            PlimsollJsonContext.Default.ProfileReportView,
            static report => report.Passed ? ExitCode.Success : ExitCode.TaskFailed,
            cancellationToken);
    }

    private Outcome<StressRequest> Read(ParseResult words, TrialRequest trial)
    {
        List<int> agents = [];
        foreach (string text in TrialWords.List(words.GetValue(_agents)))
        {
            if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int count) || count is < 1 or > 1024)
                return TrialWords.Invalid("--at-once", text, "numbers from 1 to 1024");
            agents.Add(count);
        }

        List<double?> cores = [];
        foreach (string text in TrialWords.List(words.GetValue(_cpu)))
        {
            double? limit = null;
            if (text != Unlimited)
            {
                if (!double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double number) || number is < 0.01 or > 65536)
                    return TrialWords.Invalid("--cpu", text, "numbers of cores from 0.01, or unlimited");
                limit = number;
            }

            cores.Add(limit);
        }

        return Memory(words).TryGet(out List<long?>? memory, out Refusal? refusal)
            ? new StressRequest(trial, [.. agents.Distinct()], [.. memory.Distinct()], [.. cores.Distinct()], TrialWords.Absolute(words.GetValue(_resume), Context))
            : refusal;
    }

    private Outcome<List<long?>> Memory(ParseResult words)
    {
        List<long?> memory = [];
        foreach (string text in TrialWords.List(words.GetValue(_memory)))
        {
            long bytes = 0;
            if (text != Unlimited && (!Quantity.TryBytes(text, out bytes) || bytes < 1 << 20))
                return TrialWords.Invalid("--memory", text, "sizes of at least 1M, or unlimited");
            memory.Add(text == Unlimited ? null : bytes);
        }

        return memory;
    }

    private static Option<string[]> Many(string name, string description, string form) => new(name) { Description = description, HelpName = form, Arity = ArgumentArity.OneOrMore };
}
