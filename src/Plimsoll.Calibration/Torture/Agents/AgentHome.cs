using System.Diagnostics;

namespace Plimsoll.Calibration.Torture.Agents;

/// <summary>The configuration folder that all OpenCode agents share: OpenCode fills an empty one from the package registry, once.</summary>
internal static class AgentHome
{
    private const string Name = "opencode-home";

    /// <summary>Runs the agent once where it has never run, and returns the folder to share.</summary>
    /// <exception cref="IOException">The agent failed, with what it said.</exception>
    public static async Task<string> EnsureAsync(string folder, string programs, string server, Action<string> said, CancellationToken cancellationToken)
    {
        string home = Path.Combine(folder, Name);
        string shared = Path.Combine(home, ".config");
        if (Directory.Exists(Path.Combine(shared, "opencode", "node_modules")))
            return shared;

        said($"letting opencode prepare {shared}");
        Directory.CreateDirectory(shared);
        string script = $"JOB='{home}'; cd \"$JOB\"\n{AgentScript.For(AgentKind.OpenCode, programs, server, shared)}";
        ProcessStartInfo start = new("sh", ["-c", script]) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        using Process agent = Process.Start(start) ?? throw new IOException("sh cannot be started");
        Task<string> output = agent.StandardOutput.ReadToEndAsync(cancellationToken);
        string errors = await agent.StandardError.ReadToEndAsync(cancellationToken);
        _ = await output;
        await agent.WaitForExitAsync(cancellationToken);
        return agent.ExitCode == 0 ? shared : throw new IOException($"opencode did not run: {errors.Trim()}");
    }
}
