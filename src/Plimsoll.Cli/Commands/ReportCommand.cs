using System.CommandLine;
using Plimsoll.Cli.Hosting;
using Plimsoll.Cli.Parsing;
using Plimsoll.Client;
using Plimsoll.Client.Reports;
using Plimsoll.Daemon.Projects;
using Plimsoll.Daemon.Reports;
using Plimsoll.Daemon.Requests;

namespace Plimsoll.Cli.Commands;

/// <summary>Writes one run as an HTML file to keep or to send.</summary>
internal sealed class ReportCommand : ListingVerb
{
    private readonly Argument<string?> _address = new("RUN") { Description = "A run (default: the newest)", Arity = ArgumentArity.ZeroOrOne };
    private readonly Option<string?> _output = new("--output", "-o") { Description = "File to write (default: plimsoll-report-RUN.html); - is standard output", HelpName = "FILE" };

    public ReportCommand(CliContext context)
        : base("report", "Write a run as one HTML file", context)
    {
        Add(_address);
        Add(_output);
        AddListingOptions();
    }

    public override IReadOnlyList<Example> Examples { get; } =
    [
        new("plimsoll report", "The newest run as plimsoll-report-RUN.html"),
        new("plimsoll report 7 -o nightly.html", "Run 7 as another file"),
        new("plimsoll report 7 --json", "The same as data, for scripts"),
    ];

    public override string Remarks =>
        "Timeline, concurrency and memory, the slowest, retried, failed and costliest tasks, and what differs from the last ten runs of the same name. The file needs nothing else: "
        + "no script, no network. Above 300 tasks the timeline shows classes.";

    protected override async Task<ExitCode> AnswerAsync(Project project, ParseResult words, CancellationToken cancellationToken)
    {
        Outcome<ReportView> answer = await project.ReportAsync(Address.Parse(words.GetValue(_address)), cancellationToken);
        if (WantsJson(words) || !answer.TryGet(out ReportView? report, out _))
            return Show(words, answer, PlimsollJsonContext.Default.ReportView, static _ => { });

        string page = ReportPage.Write(report);
        if (words.GetValue(_output) is "-")
        {
            Out.Write(page);
            return ExitCode.Success;
        }

        string file = Path.GetFullPath(words.GetValue(_output) ?? $"plimsoll-report-{report.Run}.html", Context.Folder);
        try
        {
            await File.WriteAllTextAsync(file, page, cancellationToken);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return Refuse(new Refusal(ExitCode.Environment, $"the report cannot be written to {file}: {fault.Message}", "Give another file with -o."));
        }

        Out.WriteLine($"run {report.Run} as {file}");
        return ExitCode.Success;
    }
}
