namespace Plimsoll.Journal.State;

/// <summary>The files of one attempt, beside each other.</summary>
/// <param name="Stem">Path without extension.</param>
public sealed record AttemptPaths(string Stem)
{
    public string Out => Stem + ".out";

    public string Err => Stem + ".err";

    /// <summary>Created by whoever claims the attempt: its supervisor, or recovery that revokes it.</summary>
    public string Pid => Stem + ".pid";

    /// <summary>Exit code, complete at its newline.</summary>
    public string Exit => Stem + ".exit";

    /// <summary>What the task is told in <c>$PLIMSOLL_OUTPUT</c>.</summary>
    public string Outputs => Stem + ".outputs";

    /// <summary>All of the above.</summary>
    public IReadOnlyList<string> All => [Out, Err, Pid, Exit, Outputs];

    /// <summary>Makes the folder they lie in (0700).</summary>
    public void CreateFolder() =>
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(Stem) ?? "/", UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
}
