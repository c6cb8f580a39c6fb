using System.Diagnostics;
using Plimsoll.Engine.Workspaces;
using Plimsoll.Tests.Support;
using Xunit;

namespace Plimsoll.Tests.Engine.Workspaces;

/// <summary>A fresh git repository with one commit in a temporary folder.</summary>
internal sealed class GitFixture : IDisposable
{
    public GitFixture(bool commit = true)
    {
        Component.Require("git");
        Folder = Directory.CreateTempSubdirectory("plimsoll-git-").FullName;
        Git("init", "-q", "-b", "main");
        if (commit)
        {
            Write("a.txt", "one\ntwo\nthree\n");
            Git("add", "-A");
            Git("-c", "user.name=t", "-c", "user.email=t@localhost", "commit", "-q", "-m", "first");
        }
    }

    public string Folder { get; }

    public string PathOf(string name) => Path.Combine(Folder, name);

    public void Write(string name, string text) => File.WriteAllText(PathOf(name), text);

    public async Task<GitRepository> OpenAsync()
    {
        WorkspaceResult<GitRepository> opened = await GitRepository.OpenAsync(Folder, TestContext.Current.CancellationToken);
        Assert.Null(opened.Error);
        return opened.Value!;
    }

    public string Git(params string[] arguments)
    {
        var start = new ProcessStartInfo("git") { WorkingDirectory = Folder, RedirectStandardOutput = true, UseShellExecute = false };
        foreach (string argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        using Process process = Process.Start(start)!;
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
        return output.Trim();
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
