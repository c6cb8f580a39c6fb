using System.Globalization;
using Plimsoll.Engine.Processes;

namespace Plimsoll.Engine.Isolation;

/// <summary>Turns a launch into one of podman's or docker's command line.</summary>
/// <param name="Program">Absolute path of the CLI.</param>
internal sealed record ContainerEngine(string Program)
{
    /// <summary>Label by which containers of a journal are found.</summary>
    public const string JournalLabel = "plimsoll.journal";

    private static readonly string[] Programs = ["podman", "docker"];

    /// <summary>The first that is on the PATH; null when there is none.</summary>
    public static ContainerEngine? Find(string? path)
    {
        foreach (string program in Programs)
        {
            foreach (string folder in (path ?? "").Split(':', StringSplitOptions.RemoveEmptyEntries))
            {
                string file = Path.Combine(folder, program);
                if (File.Exists(file))
                    return new ContainerEngine(file);
            }
        }

        return null;
    }

    /// <summary>The same command in a container: working folder and output values are mounted, the limits are the container's.</summary>
    /// <param name="cgroupParent">Group below which the engine makes the container's; null = where it likes.</param>
    public ProcessLaunch Wrap(ProcessLaunch launch, string journalId, string? cgroupParent)
    {
        string folder = launch.WorkingFolder;
        List<string> arguments =
        [
            Program, .. Manager(cgroupParent), "run", "--rm", "--name", $"plimsoll-{journalId}-{launch.Attempt}", "--label", $"{JournalLabel}={journalId}",
            "--volume", $"{folder}:{folder}", "--volume", $"{launch.Files.Values}:{launch.Files.Values}", "--workdir", folder,
        ];
        if (launch.InputPath != "/dev/null")
            arguments.Add("--interactive");

        if (cgroupParent is not null)
            arguments.AddRange(["--cgroup-parent", cgroupParent]);

        AddLimits(arguments, launch.Limits);
        foreach (string entry in launch.Environment)
        {
            string name = entry[..entry.IndexOf('=', StringComparison.Ordinal)];
            // By name only: a value may be a secret, and everybody can read a command line.
            if (launch.ContainerVariables.Contains(name, StringComparer.Ordinal) || name.StartsWith("PLIMSOLL_", StringComparison.Ordinal))
                arguments.AddRange(["--env", name]);
        }

        arguments.AddRange(["--env", "PLIMSOLL_ATTEMPT", launch.Image!, .. launch.Arguments]);
        return launch with { Arguments = arguments };
    }

    // Under systemd podman would take a slice only.
    private IEnumerable<string> Manager(string? cgroupParent) =>
        cgroupParent is not null && Path.GetFileName(Program) == "podman" ? ["--cgroup-manager", "cgroupfs"] : [];

    private static void AddLimits(List<string> arguments, TaskLimits limits)
    {
        if (limits.Memory is { } memory)
            arguments.AddRange(["--memory", Text(memory.Value), "--memory-swap", Text(memory.Value + limits.Swap.Value)]);

        if (limits.Cores is { } cores)
            arguments.AddRange(["--cpus", cores.ToString("0.###", CultureInfo.InvariantCulture)]);

        if (limits.Processes is { } processes)
            arguments.AddRange(["--pids-limit", Text(processes)]);
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
