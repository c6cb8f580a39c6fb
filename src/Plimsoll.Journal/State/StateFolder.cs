using System.Globalization;
using Plimsoll.Core.Identity;
using Plimsoll.Core.Ports;

namespace Plimsoll.Journal.State;

/// <summary>The folder (<c>.plimsoll/</c>) in which a project's journal, task output and worktrees live; for its owner's eyes only.</summary>
public sealed class StateFolder
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private StateFolder(string path) => Path = System.IO.Path.GetFullPath(path);

    public string Path { get; }

    public string JournalPath => System.IO.Path.Combine(Path, "journal.db");

    public string RunsPath => System.IO.Path.Combine(Path, "runs");

    /// <summary>True when attempts of this run have left files here.</summary>
    public bool HasFilesOf(RunId run) =>
        Directory.Exists(System.IO.Path.Combine(RunsPath, run.ToString())) || Directory.Exists(System.IO.Path.Combine(WorktreesPath, run.ToString()));

    public string WorktreesPath => System.IO.Path.Combine(Path, "worktrees");

    /// <summary>The folder as it is, for reading; it may be missing.</summary>
    public static StateFolder At(string path) => new(path);

    /// <summary>Creates the folder (0700) with its own <c>.gitignore</c> when it is missing, and closes it to others when it is not.</summary>
    /// <exception cref="JournalException">It cannot be created or changed.</exception>
    public static StateFolder Create(string path)
    {
        StateFolder folder = new(path);
        try
        {
            // The mode is set again after creation: the umask may have taken bits the owner needs.
            Directory.CreateDirectory(folder.Path, OwnerOnly);
            File.SetUnixFileMode(folder.Path, OwnerOnly);
            string ignore = System.IO.Path.Combine(folder.Path, ".gitignore");
            if (!File.Exists(ignore))
            {
                using FileStream file = OpenOwned(ignore, FileShare.ReadWrite);
                file.Write("*\n"u8);
            }

            return folder;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new JournalException($"State folder {folder.Path}: it cannot be created or written ({fault.Message}). Make it writable, free disk space, or choose another one with --state.", retryable: false, fault);
        }
    }

    /// <summary>Where an attempt writes; <see cref="AttemptPaths.CreateFolder"/> makes the folder.</summary>
    public AttemptPaths Attempt(TaskId task, int number) => new(string.Create(
        CultureInfo.InvariantCulture, $"{RunsPath}/{task.Run.Value}/{task.Ordinal / 1000}/{task.Ordinal}.{number}"));

    /// <summary>Makes this process the only one that writes here, until the lock is disposed or the process ends.</summary>
    /// <param name="holder">Who has it; null when it was taken or the holder is unknown.</param>
    /// <returns>Null when another process has it.</returns>
    public StateLock? TryLock(DateTimeOffset now, out StateLockHolder? holder)
    {
        string path = System.IO.Path.Combine(Path, "lock");
        try
        {
            // FileShare.None is an exclusive flock(2): the kernel drops it with the process, however that ends.
            FileStream file = OpenOwned(path, FileShare.None);
            holder = null;
            return new StateLock(file, new StateLockHolder(Environment.ProcessId, now));
        }
        catch (IOException) when (File.Exists(path) && StateLockHolder.TryRead(path, out holder))
        {
            return null;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new JournalException($"State folder {Path}: its lock cannot be taken ({fault.Message}). Make the folder writable, free disk space, or choose another one with --state.", retryable: false, fault);
        }
    }

    private static FileStream OpenOwned(string path, FileShare share) => new(path, new FileStreamOptions
    {
        Mode = FileMode.OpenOrCreate,
        Access = FileAccess.ReadWrite,
        Share = share,
        BufferSize = 0,
        UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
    });
}
