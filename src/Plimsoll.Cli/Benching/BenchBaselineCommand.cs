using System.CommandLine;
using Plimsoll.Cli.Commands;
using Plimsoll.Cli.Hosting;
using Plimsoll.Client;
using Plimsoll.Daemon.Calibrating;
using Plimsoll.Daemon.Requests;

namespace Plimsoll.Cli.Benching;

/// <summary>Measures a job alone.</summary>
internal sealed class BenchBaselineCommand : BenchVerb
{
    private readonly Option<int> _repetitions = new("--repetitions", "-n") { Description = "How often under each isolation (default: 3)", HelpName = "N", DefaultValueFactory = _ => 3 };
    private readonly Option<string[]> _isolation = new("--isolation")
    {
        Description = "bare, none, cgroup, container; the first is what the others are compared with (default: bare,none,cgroup)",
        HelpName = "NAMES",
        Arity = ArgumentArity.OneOrMore,
    };

    private readonly Option<string?> _image = new("--image") { Description = "Image of the container", HelpName = "IMAGE" };

    public BenchBaselineCommand(CliContext context)
        : base("baseline", "Measure a job alone: memory over time, processors, start-up, traffic, and what isolation costs", context)
    {
        Job.AddTo(this);
        foreach (Option option in (Option[])[_repetitions, _isolation, _image])
            Add(option);
        AddBenchOptions();
    }

    public override IReadOnlyList<Example> Examples { get; } =
    [
        new("plimsoll bench baseline -- dotnet build -c Release", "Three times as a bare process, supervised, and in a cgroup"),
        new("plimsoll bench baseline --agent claude --interval 250ms -n 5 --isolation cgroup", "Claude Code against a model server on loopback"),
        new("plimsoll bench baseline --isolation bare,container --image docker.io/library/alpine -- sh -c 'seq 100000 | sort'", "What a container adds"),
    ];

    public override string Remarks => "Exit code 1 when the job failed each time. The report goes to docs/logs/benchmarks as JSON and Markdown.";

    protected override Task<ExitCode> ExecuteAsync(ParseResult words, CancellationToken cancellationToken)
    {
        if (!Job.Read(words, Context).TryGet(out TrialRequest? trial, out Refusal? refusal))
            return Task.FromResult(Refuse(refusal));
        if (words.GetValue(_repetitions) is < 1 or > 1000)
            return Task.FromResult(Refuse(TrialWords.Invalid("--repetitions", $"{words.GetValue(_repetitions)}", "a number from 1 to 1000")));

        string[] isolations = TrialWords.List(words.GetValue(_isolation));
        var request = new BaselineRequest(trial, words.GetValue(_repetitions), isolations.Length > 0 ? isolations : ["bare", "none", "cgroup"], words.GetValue(_image));
        return MeasureAsync(
            words,
            token => BaselineRuns.RunAsync(request, Context.Time, Say, token),
            PlimsollJsonContext.Default.BaselineReportView,
            static report => report.Series.Any(static series => series.Trials.Any(static trial => trial.Outcome == "succeeded")) ? ExitCode.Success : ExitCode.TaskFailed,
            cancellationToken);
    }
}
