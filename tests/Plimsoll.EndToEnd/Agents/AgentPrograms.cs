using Plimsoll.EndToEnd.Support;
using Plimsoll.Tests.Repository;
using Plimsoll.Tests.Support;
using Xunit;

namespace Plimsoll.EndToEnd.Agents;

/// <summary>The real agents and SDKs from npm, in pinned versions, installed once below artifacts/.</summary>
public sealed class AgentPrograms : IAsyncLifetime
{
    private static readonly string[] Packages =
    [
        "@anthropic-ai/claude-code@2.1.197", "@openai/codex@0.169.0", "opencode-ai@1.18.33", "openai@7.55.0", "@anthropic-ai/sdk@1.11.0",
    ];


    /// <summary>Why they are not there; null = they are.</summary>
    public string? Missing { get; private set; }

    /// <summary>What Node.js finds packages in.</summary>
    public static string Modules { get; } = Path.Combine(RepositoryFiles.Root, "artifacts", "npm", "node_modules");

    public string Programs { get; } = Path.Combine(RepositoryFiles.Root, "artifacts", "npm", "node_modules", ".bin");

    public async ValueTask InitializeAsync()
    {
        string folder = Path.Combine(RepositoryFiles.Root, "artifacts", "npm");
        string marker = Path.Combine(folder, "installed");
        string wanted = string.Join('\n', Packages);
        if (!Component.IsPresent("node") || !Component.IsPresent("npm"))
        {
            Missing = "node and npm";
            return;
        }

        if (File.Exists(marker) && await File.ReadAllTextAsync(marker) == wanted)
        {
            return;
        }

        Directory.CreateDirectory(folder);
        string[] arguments = ["install", "--prefix", folder, "--no-audit", "--no-fund", "--loglevel=error", .. Packages];
        using RunningProcess npm = RunningProcess.Start("npm", arguments, folder);
        ProcessResult installed = await npm.WaitAsync(CancellationToken.None, TimeSpan.FromMinutes(5));
        if (installed.ExitCode != 0)
        {
            Missing = $"{string.Join(" and ", Packages)} from npm ({installed.Stderr.Trim()})";
            return;
        }

        await File.WriteAllTextAsync(marker, wanted);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
