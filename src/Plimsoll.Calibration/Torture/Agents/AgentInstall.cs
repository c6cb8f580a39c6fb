using System.Diagnostics;

namespace Plimsoll.Calibration.Torture.Agents;

/// <summary>The real agents from npm, in the versions the figures were taken with.</summary>
internal static class AgentInstall
{
    private static readonly string[] Packages = ["@anthropic-ai/claude-code@2.1.197", "@openai/codex@0.169.0", "opencode-ai@1.18.33"];
    private static readonly string[] Programs = ["claude", "codex", "opencode"];

    /// <summary>Installs what is missing and returns the folder of the programs.</summary>
    /// <exception cref="IOException">npm is missing or failed, with what it said.</exception>
    public static async Task<string> EnsureAsync(string folder, Action<string> said, CancellationToken cancellationToken)
    {
        string programs = Path.Combine(folder, "node_modules", ".bin");
        if (Programs.All(program => File.Exists(Path.Combine(programs, program))))
            return programs;

        said($"installing {string.Join(", ", Packages)} into {folder}");
        Directory.CreateDirectory(folder);
        ProcessStartInfo start = new("npm", ["install", "--prefix", folder, "--no-audit", "--no-fund", "--loglevel=error", .. Packages])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using Process npm = Process.Start(start) ?? throw new IOException("npm cannot be started; install Node.js");
        Task<string> output = npm.StandardOutput.ReadToEndAsync(cancellationToken);
        string errors = await npm.StandardError.ReadToEndAsync(cancellationToken);
        _ = await output;
        await npm.WaitForExitAsync(cancellationToken);
        return npm.ExitCode == 0 ? programs : throw new IOException($"npm could not install the agents into {folder}: {errors.Trim()}; --agents names a folder that has them");
    }
}
