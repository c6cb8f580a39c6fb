namespace Plimsoll.Benchmarks.Frame;

/// <summary>A scratch folder and the programs a benchmark starts.</summary>
internal sealed class Workbench : IDisposable
{
    private int _states;

    public string Folder { get; } = Directory.CreateTempSubdirectory("plimsoll-bench-").FullName;

    /// <summary>The folder that holds Plimsoll.slnx.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>What ./plimsoll starts, without the launcher's look at the sources.</summary>
    public static string Plimsoll { get; } = Path.Combine(Root, "artifacts", "launcher", "current", "plimsoll");

    public static bool Has(string program) =>
        Array.Exists((Environment.GetEnvironmentVariable("PATH") ?? "").Split(':', StringSplitOptions.RemoveEmptyEntries), folder => File.Exists(Path.Combine(folder, program)));

    public string Write(string file, string text)
    {
        string path = Path.Combine(Folder, file);
        File.WriteAllText(path, text);
        return path;
    }

    /// <summary>A state folder nobody has used.</summary>
    public string FreshState() => Path.Combine(Folder, $"state-{++_states}");

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    private static string FindRoot()
    {
        string? folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(Path.Combine(folder, "Plimsoll.slnx")))
        {
            folder = Path.GetDirectoryName(folder);
        }

        return folder ?? throw new InvalidOperationException($"no Plimsoll.slnx above {AppContext.BaseDirectory}");
    }
}
