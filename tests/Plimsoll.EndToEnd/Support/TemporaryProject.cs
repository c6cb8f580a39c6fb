using Plimsoll.Tests.Repository;
using Plimsoll.Tests.Support;
using Xunit;

namespace Plimsoll.EndToEnd.Support;

/// <summary>A fresh folder in which the real executable is started; afterwards nothing of it is left, no file and no process.</summary>
internal sealed class TemporaryProject : IDisposable
{
    public TemporaryProject()
    {
        Folder = Directory.CreateTempSubdirectory("plimsoll-e2e-").FullName;
        Environment["HOME"] = Folder;
        Environment["PLIMSOLL_NO_BUILD"] = "1";
        Environment["NO_COLOR"] = "1";
        foreach (string role in (string[])["AUTHOR", "COMMITTER"])
        {
            Environment[$"GIT_{role}_NAME"] = "Test";
            Environment[$"GIT_{role}_EMAIL"] = "test@example.org";
        }
    }

    /// <summary>The launcher that a user of a checkout starts.</summary>
    public static string Executable { get; } = Path.Combine(RepositoryFiles.Root, "plimsoll");

    public string Folder { get; }

    public string StateFolder => Path.Combine(Folder, ".plimsoll");

    /// <summary>Set for every process started here; null removes a variable.</summary>
    public Dictionary<string, string?> Environment { get; } = [];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public string PathOf(string file) => Path.Combine(Folder, file);

    public void Write(string file, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(PathOf(file))!);
        File.WriteAllText(PathOf(file), text);
    }

    public string Read(string file) => File.ReadAllText(PathOf(file));

    public string[] Lines(string file) => File.Exists(PathOf(file)) ? File.ReadAllLines(PathOf(file)) : [];

    public RunningProcess Start(params string[] arguments) => RunningProcess.Start(Executable, arguments, Folder, Environment);

    public async Task<ProcessResult> PlimsollAsync(params string[] arguments)
    {
        using RunningProcess process = Start(arguments);
        return (await process.WaitAsync(Cancel)).WithoutStackTrace();
    }

    public async Task<ProcessResult> PlimsollWithInputAsync(string input, params string[] arguments)
    {
        using RunningProcess process = RunningProcess.Start(Executable, arguments, Folder, Environment, input);
        return (await process.WaitAsync(Cancel)).WithoutStackTrace();
    }

    /// <summary>Runs a line of shell in which <c>plimsoll</c> is the executable under test.</summary>
    public async Task<ProcessResult> ShellAsync(string line)
    {
        string wrapped = $"plimsoll() {{ '{Executable}' \"$@\"; }}\n{line}";
        using RunningProcess process = RunningProcess.Start("/bin/bash", ["-c", wrapped], Folder, Environment);
        return await process.WaitAsync(Cancel);
    }

    public async Task<ProcessResult> GitAsync(params string[] arguments)
    {
        Component.Require("git");
        using RunningProcess process = RunningProcess.Start("git", arguments, Folder, Environment);
        return await process.WaitAsync(Cancel);
    }

    /// <summary>Makes the folder a git repository with one commit of everything in it.</summary>
    public async Task CommitAllAsync()
    {
        (await GitAsync("init", "-q", "-b", "main")).Ended(0);
        (await GitAsync("add", "-A")).Ended(0);
        (await GitAsync("commit", "-q", "-m", "Start")).Ended(0);
    }

    /// <summary>Waits until a condition holds; the time limit can only fail.</summary>
    public static async Task UntilAsync(Func<bool> condition, string what, int seconds = 60)
    {
        long start = TimeProvider.System.GetTimestamp();
        while (!condition())
        {
            Assert.True(TimeProvider.System.GetElapsedTime(start) < TimeSpan.FromSeconds(seconds), $"did not happen within {seconds} s: {what}");
            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, Cancel);
        }
    }

    /// <summary>Fails when a process of this project is still alive.</summary>
    public async Task NothingRunsAsync() =>
        await UntilAsync(() => Survivors.Of(StateFolder).Count == 0, $"no process of {StateFolder} survives", 15);

    public void Dispose()
    {
        Survivors.End(StateFolder);
        Directory.Delete(Folder, recursive: true);
    }
}
