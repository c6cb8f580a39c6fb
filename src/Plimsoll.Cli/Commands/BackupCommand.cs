using System.CommandLine;
using Plimsoll.Cli.Hosting;
using Plimsoll.Cli.Rendering;
using Plimsoll.Cli.Terminal;
using Plimsoll.Client;
using Plimsoll.Client.Projects;
using Plimsoll.Daemon.Projects;
using Plimsoll.Daemon.Requests;

namespace Plimsoll.Cli.Commands;

/// <summary>Copies the journal into a file.</summary>
internal sealed class BackupCommand : ListingVerb
{
    private readonly Argument<string> _file = new("FILE") { Description = "Where the copy goes; must not exist" };

    public BackupCommand(CliContext context)
        : base("backup", "Copy the journal into a file, also while a run or service writes it", context)
    {
        Add(_file);
        AddListingOptions();
    }

    public override IReadOnlyList<Example> Examples { get; } =
    [
        new("plimsoll backup /var/backups/plimsoll-$(date +%F).db", "Before an upgrade, or every night"),
    ];

    public override string Remarks =>
        "To restore it: stop the service, remove journal.db, journal.db-wal and journal.db-shm from the state folder, put the copy there as journal.db, and start again. What tasks wrote lies in runs/ beside it.";

    protected override async Task<ExitCode> AnswerAsync(Project project, ParseResult words, CancellationToken cancellationToken)
    {
        Outcome<BackupView> answer = await project.BackUpAsync(Path.GetFullPath(words.GetRequiredValue(_file), Context.Folder), cancellationToken);
        return Show(words, answer, PlimsollJsonContext.Default.BackupView, backup => Out.WriteLine($"{ControlEscaper.Text(backup.File)}, {Figures.Bytes(backup.Bytes)}"));
    }
}
