using System.Diagnostics;
using Plimsoll.Tests.Support;
using Xunit;

namespace Plimsoll.Tests.Daemon;

/// <summary>A git repository with one commit in a temporary folder; whoever opens the project deletes it.</summary>
internal sealed class GitProject : IDisposable
{
    public GitProject()
    {
        Component.Require("git");
        Folder = Directory.CreateTempSubdirectory("plimsoll-git-").FullName;
        File.WriteAllText(Path.Combine(Folder, "a.txt"), "one\n");
        Git("init", "-q", "-b", "main");
        Git("add", "-A");
        Git("-c", "user.name=t", "-c", "user.email=t@localhost", "commit", "-q", "-m", "first");
    }

    public string Folder { get; }

    public void Dispose()
    {
        if (Directory.Exists(Folder))
        {
            Directory.Delete(Folder, recursive: true);
        }
    }

    private void Git(params string[] arguments)
    {
        var start = new ProcessStartInfo("git", arguments) { WorkingDirectory = Folder, UseShellExecute = false };
        using Process process = Process.Start(start)!;
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
    }
}
