using Plimsoll.Core.Identity;
using Plimsoll.Core.Ports;
using Plimsoll.Daemon.Projects;
using Plimsoll.Daemon.Requests;
using Plimsoll.Journal;
using Plimsoll.Journal.Native;
using Plimsoll.Journal.State;

namespace Plimsoll.Daemon.Hosting;

/// <summary>The state folder of a project, owned by this process: its lock, its journal and where attempts keep their files.</summary>
internal sealed class ProjectState : IAsyncDisposable
{
    private readonly StateLock ownership;
    private readonly SqliteJournal journal;
    private readonly SqliteJournalReader reader;

    private ProjectState(StateFolder folder, StateLock ownership, SqliteJournal journal, SqliteJournalReader reader)
    {
        this.ownership = ownership;
        this.journal = journal;
        this.reader = reader;
        Folder = folder;
        Layout = new AttemptLayout(folder);
        int last = journal.LastRun.Value;
        while (folder.HasFilesOf(new RunId(last + 1)))
        {
            last++;
        }

        LastRun = new RunId(last);
    }

    /// <summary>Which SQLite is in use, for people.</summary>
    public static string SqliteDescription => $"SQLite {SqliteLibrary.Version} ({SqliteLibrary.Source})";

    public StateFolder Folder { get; }

    public IJournal Journal => journal;

    public IJournalReader Reader => reader;

    public AttemptLayout Layout { get; }

    /// <summary>The number before that of the next run: the highest in the journal, or of a run whose files are here though its journal is not.</summary>
    /// <remarks>A journal that was restored from a copy, or that begins anew, must not meet the files of attempts it does not know.</remarks>
    public RunId LastRun { get; }

    /// <summary>Takes the state folder; refuses when another Plimsoll owns it or the journal cannot be used.</summary>
    public static async Task<Outcome<ProjectState>> OpenAsync(ProjectContext context, CancellationToken cancellationToken)
    {
        StateLock? ownership = null;
        SqliteJournal? journal = null;
        try
        {
            StateFolder folder = StateFolder.Create(context.StateFolder);
            ownership = folder.TryLock(context.Time.GetUtcNow(), out StateLockHolder? holder);
            if (ownership is null)
            {
                return new Refusal(
                    ExitCode.Busy,
                    $"another plimsoll ({holder?.ToString() ?? "just starting"}) owns {context.StateFolder}",
                    "Wait for it, stop it, or give this one a state folder of its own with `--state DIR`.");
            }

            journal = await SqliteJournal.OpenAsync(folder.JournalPath, SqliteJournalOptions.Default, context.Time, cancellationToken);
            SqliteJournalReader reader = await SqliteJournalReader.OpenAsync(folder.JournalPath, SqliteJournalOptions.Default, cancellationToken);
            var state = new ProjectState(folder, ownership, journal, reader);
            ownership = null;
            journal = null;
            return state;
        }
        catch (JournalException error)
        {
            return new Refusal(ExitCode.Environment, error.Message);
        }
        finally
        {
            if (journal is not null)
            {
                await journal.DisposeAsync();
            }

            ownership?.Dispose();
        }
    }

    /// <summary>Opens the journal for reading beside whoever writes it; null when nothing has run here.</summary>
    /// <exception cref="JournalException">The journal cannot be read.</exception>
    public static async Task<ProjectReader?> TryReadAsync(ProjectContext context, CancellationToken cancellationToken)
    {
        string path = StateFolder.At(context.StateFolder).JournalPath;
        if (!File.Exists(path))
        {
            return null;
        }

        SqliteJournalReader reader = await SqliteJournalReader.OpenAsync(path, SqliteJournalOptions.Default, cancellationToken);
        return new ProjectReader(reader, reader.Id);
    }

    public async ValueTask DisposeAsync()
    {
        await reader.DisposeAsync();
        await journal.DisposeAsync();
        ownership.Dispose();
    }
}
