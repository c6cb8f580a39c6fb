using Plimsoll.Core.Identity;
using Plimsoll.Core.Ports;
using Plimsoll.Daemon.Projects;
using Plimsoll.Daemon.Requests;
using Plimsoll.Journal.Native;
using Plimsoll.Journal.State;
using Plimsoll.Journal.Stores;

namespace Plimsoll.Daemon.Hosting;

/// <summary>The state folder of a project, owned by this process: its lock, its journal and where attempts keep their files.</summary>
internal sealed class ProjectState : IAsyncDisposable
{
    private readonly StateLock ownership;

    private ProjectState(StateFolder folder, StateLock ownership, IJournalStore store, WatchedJournal journal, IJournalReader reader)
    {
        this.ownership = ownership;
        Store = store;
        Journal = journal;
        Reader = reader;
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

    /// <summary>Where the journal is.</summary>
    public IJournalStore Store { get; }

    public WatchedJournal Journal { get; }

    public IJournalReader Reader { get; }

    /// <summary>What people should know about the way to the journal.</summary>
    public IReadOnlyList<string> Notices { get; private init; } = [];

    public AttemptLayout Layout { get; }

    /// <summary>The number before that of the next run: the highest in the journal, or of a run whose files are here though its journal is not.</summary>
    /// <remarks>A journal that was restored from a copy, or that begins anew, must not meet the files of attempts it does not know.</remarks>
    public RunId LastRun { get; }

    /// <summary>Takes the state folder; refuses when another Plimsoll owns it or the journal cannot be used.</summary>
    public static async Task<Outcome<ProjectState>> OpenAsync(ProjectContext context, CancellationToken cancellationToken)
    {
        StateLock? ownership = null;
        IJournalStore? store = null;
        WatchedJournal? journal = null;
        var notices = new List<string>();
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

            store = context.Store(notices.Add);
            JournalOpening opening = await store.OpenAsync(cancellationToken);
            journal = opening.Journal;
            if (journal is null)
            {
                return new Refusal(
                    ExitCode.Busy,
                    $"another plimsoll ({opening.Owner}) owns the journal {store.Place}",
                    "Wait for it, stop it, or give this one a journal of its own with `--journal`.");
            }

            IJournalReader reader = await store.ReadAsync(cancellationToken);
            var state = new ProjectState(folder, ownership, store, journal, reader) { Notices = notices };
            ownership = null;
            store = null;
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

            if (store is not null)
            {
                await store.DisposeAsync();
            }

            ownership?.Dispose();
        }
    }

    /// <summary>Opens the journal for reading beside whoever writes it; null when nothing has run here.</summary>
    /// <exception cref="JournalException">The journal cannot be read.</exception>
    public static async Task<ProjectReader?> TryReadAsync(ProjectContext context, CancellationToken cancellationToken)
    {
        IJournalStore? store = context.Store(static _ => { });
        try
        {
            if (!await store.ExistsAsync(cancellationToken))
            {
                return null;
            }

            var reader = new ProjectReader(await store.ReadAsync(cancellationToken), store);
            store = null;
            return reader;
        }
        finally
        {
            if (store is not null)
            {
                await store.DisposeAsync();
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Reader.DisposeAsync();
        await Journal.DisposeAsync();
        await Store.DisposeAsync();
        ownership.Dispose();
    }
}
