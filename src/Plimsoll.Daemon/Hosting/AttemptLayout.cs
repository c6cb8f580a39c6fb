using Plimsoll.Core.Identity;
using Plimsoll.Engine.Processes;
using Plimsoll.Journal.State;

namespace Plimsoll.Daemon.Hosting;

/// <summary>Where the files of attempts lie in a state folder.</summary>
internal sealed class AttemptLayout(StateFolder folder)
{
    private const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private string? made;

    /// <summary>The state folder, absolute.</summary>
    public string Root => folder.Path;

    public string Worktree(AttemptId attempt) =>
        Path.Combine(folder.WorktreesPath, attempt.Task.Run.ToString(), $"{attempt.Task.Ordinal}.{attempt.Number}");

    public string Output(AttemptId attempt) => folder.Attempt(attempt.Task, attempt.Number).Out;

    public string Error(AttemptId attempt) => folder.Attempt(attempt.Task, attempt.Number).Err;

    /// <summary>All files of an attempt; their folder is made when it is not the one of the call before. For the loop's thread.</summary>
    /// <exception cref="IOException">The folder cannot be made: disk full, or no permission.</exception>
    public AttemptFiles Files(AttemptId attempt)
    {
        AttemptPaths paths = folder.Attempt(attempt.Task, attempt.Number);
        string parent = Path.GetDirectoryName(paths.Stem)!;
        if (parent != made)
        {
            Make(parent);
            made = parent;
        }

        return new AttemptFiles(paths.Out, paths.Err, paths.Pid, paths.Exit, paths.Outputs);
    }

    /// <summary>The output file most likely to say why an attempt ended badly; null when there is nothing to read.</summary>
    public string? MostTelling(AttemptId attempt)
    {
        AttemptPaths paths = folder.Attempt(attempt.Task, attempt.Number);
        return HasContent(paths.Err) ? paths.Err : HasContent(paths.Out) ? paths.Out : null;
    }

    /// <summary>Makes a folder and those above it, each for its owner's eyes only: the framework's mode counts for the last one.</summary>
    private void Make(string path)
    {
        if (path.Length > Root.Length && !Directory.Exists(path))
        {
            Make(Path.GetDirectoryName(path)!);
            Directory.CreateDirectory(path, Private);
        }
    }

    private static bool HasContent(string path)
    {
        var file = new FileInfo(path);
        return file.Exists && file.Length > 0;
    }
}
