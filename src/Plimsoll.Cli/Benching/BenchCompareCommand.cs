using System.CommandLine;
using System.Globalization;
using Plimsoll.Cli.Commands;
using Plimsoll.Cli.Hosting;
using Plimsoll.Client;
using Plimsoll.Client.Benchmarks;
using Plimsoll.Daemon.Calibrating;
using Plimsoll.Daemon.Requests;

namespace Plimsoll.Cli.Benching;

/// <summary>Tells whether a second report is worse than a first: the gate of a pipeline.</summary>
internal sealed class BenchCompareCommand : BenchVerb
{
    private readonly Argument<string[]> _files = new("FILES") { Description = "The report before and the report after", HelpName = "BEFORE AFTER", Arity = ArgumentArity.ZeroOrMore };
    private readonly Option<string?> _threshold = new("--threshold") { Description = "Worse by more than this is a regression (default: 5%)", HelpName = "SHARE" };

    public BenchCompareCommand(CliContext context)
        : base("compare", "Compare two reports of benchmarks: pass, regression or inconclusive", context)
    {
        Add(_files);
        Add(_threshold);
        AddBenchOptions();
    }

    public override bool CommandFollows => false;

    public override IReadOnlyList<Example> Examples { get; } =
    [
        new("plimsoll bench compare before.json after.json --threshold 5%", "By bootstrap confidence intervals of the ratio of medians"),
    ];

    public override string Remarks => "Exit code 0: no measure is worse by more than the threshold, with 95 % confidence. 1: one is. 3: the values are too few, or spread too much, to tell.";

    protected override async Task<ExitCode> ExecuteAsync(ParseResult words, CancellationToken cancellationToken)
    {
        double threshold = 0.05;
        if (words.GetValue(_threshold) is { } text && !TryShare(text, out threshold))
            return Refuse(TrialWords.Invalid("--threshold", text, "a share such as 5% or 0.05, below 10"));
        if (words.GetValue(_files) is not [var first, var second])
            return Refuse(new Refusal(ExitCode.Invalid, "compare takes two reports", "for example plimsoll bench compare before.json after.json"));

        return await MeasureAsync(
            words,
            _ => Task.FromResult(Compare(Path.GetFullPath(first, Context.Folder), Path.GetFullPath(second, Context.Folder), threshold)),
            PlimsollJsonContext.Default.BenchComparisonView,
            static report => report.Verdict switch
            {
                "pass" => ExitCode.Success,
                "regression" => ExitCode.TaskFailed,
                _ => ExitCode.Environment,
            },
            cancellationToken);
    }

    private static Outcome<Written<BenchComparisonView>> Compare(string first, string second, double threshold) =>
        ComparisonRuns.Compare(first, second, threshold).TryGet(out BenchComparisonView? compared, out Refusal? refusal)
            ? new Written<BenchComparisonView>(compared, BenchTables.Of(compared), null)
            : refusal;

    private static bool TryShare(string text, out double share)
    {
        bool percent = text.EndsWith('%');
        bool read = double.TryParse(percent ? text[..^1].Trim() : text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out share);
        share = percent ? share / 100 : share;
        return read && share is >= 0 and < 10;
    }
}
