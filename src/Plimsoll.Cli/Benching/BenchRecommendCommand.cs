using System.CommandLine;
using System.Text.RegularExpressions;
using Plimsoll.Cli.Commands;
using Plimsoll.Cli.Hosting;
using Plimsoll.Cli.Parsing;
using Plimsoll.Client;
using Plimsoll.Client.Benchmarks;
using Plimsoll.Daemon.Calibrating;
using Plimsoll.Daemon.Requests;

namespace Plimsoll.Cli.Benching;

/// <summary>Says how much memory a job needs and how many fit where.</summary>
internal sealed partial class BenchRecommendCommand : BenchVerb
{
    private readonly Option<string?> _name = new("--name") { Description = "Name of the template in the configuration (default: by the command)", HelpName = "NAME" };
    private readonly Option<string?> _reserve = new("--reserve") { Description = "Memory never given to tasks (default: 5 % of a host, from 64M to 4G)", HelpName = "SIZE" };
    private readonly Option<bool> _apply = new("--apply") { Description = "Write it into the configuration, and show what was changed" };
    private readonly Option<string?> _config = new("--config") { Description = "Configuration file (default: plimsoll.yaml)", HelpName = "FILE" };

    public BenchRecommendCommand(CliContext context)
        : base("recommend", "Find the smallest memory limit under which a job works, and how many fit hosts of 16 to 128 GB", context)
    {
        Job.AddTo(this);
        foreach (Option option in (Option[])[_name, _reserve, _apply, _config])
            Add(option);
        AddBenchOptions();
    }

    public override IReadOnlyList<Example> Examples { get; } =
    [
        new("plimsoll bench recommend -- dotnet build -c Release", "At most twelve runs, one after the other"),
        new("plimsoll bench recommend --agent claude --name claude --apply", "And write it into plimsoll.yaml"),
    ];

    public override string Remarks => "Exit code 1 when the job does not work without a limit, or no limit held.";

    protected override async Task<ExitCode> ExecuteAsync(ParseResult words, CancellationToken cancellationToken)
    {
        if (!Job.Read(words, Context).TryGet(out TrialRequest? trial, out Refusal? refusal))
            return Refuse(refusal);

        long reserve = -1;
        if (words.GetValue(_reserve) is { } size && !Quantity.TryBytes(size, out reserve))
            return Refuse(TrialWords.Invalid("--reserve", size, "a size such as 2G"));
        string name = words.GetValue(_name) ?? trial.Agent ?? Path.GetFileNameWithoutExtension(trial.Command.Count > 0 ? trial.Command[0] : "job");
        if (words.GetValue(_name) is null)
            name = Unfit().Replace(name, "-");
        if (!Fit().IsMatch(name))
            return Refuse(TrialWords.Invalid("--name", name, "letters, digits, - and _, the first a letter"));

        var request = new RecommendRequest(trial, name, reserve >= 0 ? reserve : null, words.GetValue(_apply), TrialWords.Absolute(words.GetValue(_config), Context));
        RecommendationView? made = null;
        ExitCode code = await MeasureAsync(
            words,
            token => RecommendRuns.RunAsync(request, Context.Time, Say, token),
            PlimsollJsonContext.Default.RecommendationView,
            report =>
            {
                made = report;
                return ExitCode.Success;
            },
            cancellationToken);
        if (made is not null)
        {
            Say(made.Applied is null ? "configuration (--apply writes it):" : "changed:");
            foreach (string line in (made.Applied ?? made.Fragment).Split('\n', StringSplitOptions.RemoveEmptyEntries))
                Say(line);
        }

        return code;
    }

    [GeneratedRegex("[^A-Za-z0-9_-]")]
    private static partial Regex Unfit();

    [GeneratedRegex("^[A-Za-z][A-Za-z0-9_-]*$")]
    private static partial Regex Fit();
}
