using System.Diagnostics;

namespace Plimsoll.Tests.Repository;

/// <summary>The files of this repository as git would ship them: tracked, or new and not ignored.</summary>
internal static class RepositoryFiles
{
    private static readonly Lazy<IReadOnlyList<string>> Listed = new(List);

    /// <summary>The folder that holds Plimsoll.slnx.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>Paths relative to the root, with forward slashes, sorted.</summary>
    public static IReadOnlyList<string> All => Listed.Value;

    public static IEnumerable<string> Sources(string folder) =>
        All.Where(path => path.StartsWith(folder + "/", StringComparison.Ordinal) && path.EndsWith(".cs", StringComparison.Ordinal));

    public static string Read(string path) => File.ReadAllText(Path.Combine(Root, path));

    public static string[] Lines(string path) => File.ReadAllLines(Path.Combine(Root, path));

    private static string FindRoot()
    {
        string? folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(Path.Combine(folder, "Plimsoll.slnx")))
        {
            folder = Path.GetDirectoryName(folder);
        }

        return folder ?? throw new InvalidOperationException($"no Plimsoll.slnx above {AppContext.BaseDirectory}");
    }

    private static List<string> List()
    {
        using Process git = Process.Start(new ProcessStartInfo("git", ["ls-files", "-z", "--cached", "--others", "--exclude-standard"])
        {
            WorkingDirectory = Root,
            RedirectStandardOutput = true,
            UseShellExecute = false,
        })!;
        string listing = git.StandardOutput.ReadToEnd();
        git.WaitForExit();
        List<string> paths = [.. listing.Split('\0', StringSplitOptions.RemoveEmptyEntries).Where(path => File.Exists(Path.Combine(Root, path)))];
        paths.Sort(StringComparer.Ordinal);
        return paths;
    }
}
