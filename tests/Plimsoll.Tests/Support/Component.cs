using Xunit;

namespace Plimsoll.Tests.Support;

/// <summary>A system component some tests need. Missing: the test is skipped and says so; at levels all and soak it fails.</summary>
internal static class Component
{
    /// <summary>Requires a program on the PATH.</summary>
    public static void Require(string program)
    {
        RequireThat(IsPresent(program), program);
    }

    /// <summary>Requires something a fixture has looked for.</summary>
    public static void RequireThat(bool present, string? what)
    {
        if (!present)
        {
            Missing(what ?? "unnamed");
        }
    }

    /// <summary>Whether a program is on the PATH.</summary>
    public static bool IsPresent(string program)
    {
        string[] folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':', StringSplitOptions.RemoveEmptyEntries);
        return Array.Exists(folders, folder => File.Exists(Path.Combine(folder, program)));
    }

    /// <summary>Requires a file or folder, for example recorded workflows beside the checkout.</summary>
    public static void RequirePath(string path, string what)
    {
        if (!File.Exists(path) && !Directory.Exists(path))
        {
            Missing(what);
        }
    }

    private static void Missing(string what)
    {
        Assert.SkipWhen(TestLevel.Current == "quick", $"missing component: {what}");
        Assert.Fail($"missing component: {what}");
    }
}
