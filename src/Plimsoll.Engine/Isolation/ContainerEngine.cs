using System.Globalization;
using Plimsoll.Core.Identity;
using Plimsoll.Engine.Processes;

namespace Plimsoll.Engine.Isolation;

/// <summary>Turns a launch into one of podman's or docker's command line.</summary>
/// <param name="Program">Absolute path of the CLI.</param>
internal sealed record ContainerEngine(string Program)
{
    /// <summary>Label by which containers of a journal are found.</summary>
    public const string JournalLabel = "plimsoll.journal";

    // docker's client removes a container by itself only in words: asked with --rm, podman's socket answers 0 whatever the exit code was (before 4.6;
    // containers/podman issue 18889), and a client that is ended removes nothing.
    private const string RunAndRemove =
        """
        trap : HUP INT TERM
        "$@"
        _plimsoll_code=$?
        "$1" rm --force "$0" >/dev/null 2>&1
        exit "$_plimsoll_code"
        """;

    private static readonly string[] Programs = ["podman", "docker"];

    /// <summary>podman before docker on the PATH, docker before podman where DOCKER_HOST is set; null when there is none.</summary>
    public static ContainerEngine? Find(IReadOnlyList<string> environment)
    {
        string[] folders = (Value(environment, "PATH=") ?? "").Split(':', StringSplitOptions.RemoveEmptyEntries);
        IEnumerable<string> programs = string.IsNullOrEmpty(Value(environment, "DOCKER_HOST=")) ? Programs : Programs.Reverse();
        return programs
            .SelectMany(program => folders.Select(folder => Path.Combine(folder, program)))
            .Where(File.Exists)
            .Select(file => new ContainerEngine(file))
            .FirstOrDefault();
    }

    /// <summary>It is podman's own CLI, which makes containers itself instead of asking a daemon.</summary>
    private bool IsPodman => Path.GetFileName(Program) == "podman";

    /// <summary>Name of an attempt's container.</summary>
    public static string NameOf(string journalId, AttemptId attempt) => $"plimsoll-{journalId}-{attempt}";

    /// <summary>The same command in a container: working folder and output values are mounted, the limits are the container's.</summary>
    /// <param name="cgroupParent">Group below which the engine makes the container's; null = where it likes.</param>
    public ProcessLaunch Wrap(ProcessLaunch launch, string journalId, string? cgroupParent)
    {
        string folder = launch.WorkingFolder;
        List<string> arguments =
        [
            .. Begin(NameOf(journalId, launch.Attempt), cgroupParent), "--name", NameOf(journalId, launch.Attempt), "--label", $"{JournalLabel}={journalId}",
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

    private IEnumerable<string> Begin(string name, string? cgroupParent) =>
        !IsPodman ? ["/bin/sh", "-c", RunAndRemove, name, Program, "run"]
        : cgroupParent is null ? [Program, "run", "--rm"]
        : [Program, "--cgroup-manager", "cgroupfs", "run", "--rm"]; // under systemd's manager podman would take a slice only

    private static string? Value(IReadOnlyList<string> environment, string start) =>
        environment.FirstOrDefault(entry => entry.StartsWith(start, StringComparison.Ordinal))?[start.Length..];

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
