using System.Diagnostics;
using Plimsoll.Calibration.Torture.Host;

namespace Plimsoll.Calibration.Torture.Contenders;

/// <summary>The command line with which plimsoll runs a plan inside the host.</summary>
internal sealed class PlimsollCommand
{
    private const string HostKey = "host.cgroup";
    private readonly string program;
    private readonly string[] settings;

    private PlimsollCommand(string program, string[] settings)
    {
        this.program = program;
        this.settings = settings;
    }

    /// <summary>Asks the program whether it can be told its host; one that cannot finds it by being inside.</summary>
    public static async Task<PlimsollCommand> ForAsync(string program, HostGroup host, CancellationToken cancellationToken)
    {
        ProcessStartInfo start = new(program, ["config", "--json"]) { UseShellExecute = false, RedirectStandardOutput = true };
        using Process asked = Process.Start(start) ?? throw new IOException($"{program} cannot be started");
        string keys = await asked.StandardOutput.ReadToEndAsync(cancellationToken);
        await asked.WaitForExitAsync(cancellationToken);
        return new(program, keys.Contains($"\"{HostKey}\"", StringComparison.Ordinal) ? ["--set", $"{HostKey}={host.Folder}"] : []);
    }

    // A width is run as it was asked for, without the reduction a careful user gets.
    /// <param name="state">Where it keeps its journal, and what it has learned.</param>
    public IReadOnlyList<string> Run(string plan, string state) => [program, "run", plan, "-q", "--no-live", "--force", "--state", state, .. settings];
}
