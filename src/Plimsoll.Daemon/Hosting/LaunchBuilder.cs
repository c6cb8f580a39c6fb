using Plimsoll.Core.Identity;
using Plimsoll.Daemon.Gateways;
using Plimsoll.Engine.Isolation;
using Plimsoll.Engine.Processes;
using Plimsoll.Plans.Rendering;

namespace Plimsoll.Daemon.Hosting;

/// <summary>Gives a rendered task its environment, working folder and files.</summary>
/// <remarks>
/// A task inherits Plimsoll's environment, then gets its own entries, then the <c>PLIMSOLL_*</c> variables that identify it.
/// Values taken with <c>{from: NAME}</c> are read here, at the start, and stored nowhere.
/// </remarks>
internal sealed class LaunchBuilder
{
    private readonly AttemptLayout layout;
    private readonly LaunchSettings settings;
    private readonly Dictionary<string, string> known;
    private readonly Dictionary<string, string> inherited;
    private readonly string[] inheritedList;

    /// <param name="secrets">Variables that hold real keys: a task gets one only where it asks for it by name.</param>
    public LaunchBuilder(AttemptLayout layout, LaunchSettings settings, IReadOnlyDictionary<string, string> environment, IReadOnlySet<string> secrets)
    {
        this.layout = layout;
        this.settings = settings;
        known = environment
            .Where(entry => !entry.Key.StartsWith("PLIMSOLL_", StringComparison.Ordinal) && (settings.Trace is null || entry.Key is not ("TRACEPARENT" or "TRACESTATE")))
            .ToDictionary(StringComparer.Ordinal);
        inherited = known.Where(entry => !secrets.Contains(entry.Key)).ToDictionary(StringComparer.Ordinal);
        inheritedList = [.. inherited.Select(entry => $"{entry.Key}={entry.Value}")];
    }

    /// <summary>The files of an attempt, in a folder that is there.</summary>
    public AttemptFiles Files(AttemptId attempt) => layout.Files(attempt);

    public LaunchResult Build(AttemptId attempt, RunTasks tasks, RenderedTask task, bool brief, AttemptCallers? gateway)
    {
        AttemptFiles files = layout.Files(attempt);
        AttemptWiring? wiring = task.Gateway is null ? null : gateway?.Wire(attempt, tasks, task, inherited);
        string[] own =
        [
            $"PLIMSOLL_RUN={tasks.Run}",
            $"PLIMSOLL_TASK={tasks.NameOf(attempt.Task.Ordinal)}",
            $"PLIMSOLL_OUTPUT={files.Values}",
            $"PLIMSOLL_STATE={layout.Root}",
            .. settings.Reach?.Invoke(attempt) ?? [],
            .. settings.Trace is { } trace && !task.Environment.Any(static entry => entry.Name == "TRACEPARENT") ? [$"TRACEPARENT={trace(attempt)}"] : Array.Empty<string>(),
        ];
        IReadOnlyList<string> environment;
        if (task.Environment.IsEmpty && wiring is null)
        {
            environment = [.. inheritedList, .. own];
        }
        else
        {
            Dictionary<string, string> merged = Wired(wiring);
            foreach (EnvironmentEntry entry in task.Environment)
            {
                string? value = entry.From is { } source ? known.GetValueOrDefault(source) : entry.Value;
                if (value is null)
                {
                    return new(null, $"env {entry.Name} is taken from {entry.From}, which is not set; set {entry.From} and run `plimsoll resume` or `plimsoll retry`");
                }

                merged[entry.Name] = value;
            }

            environment = [.. merged.Select(pair => $"{pair.Key}={pair.Value}"), .. own];
        }

        StartMode mode = settings.Direct || (brief && settings.DirectWhenBrief) ? StartMode.Direct : StartMode.Supervised;
        string folder = Path.GetFullPath(task.WorkingFolder ?? ".", settings.Folder);
        return new(
            new ProcessLaunch(attempt, wiring?.Apply(task.Arguments) ?? task.Arguments, environment, folder, mode, files, settings.Grace)
            {
                DeclaredOutputs = task.DeclaredOutputs,
                Isolation = Isolation(task, brief),
                Image = task.Image,
                ContainerVariables = [.. task.Environment.Select(entry => entry.Name).Union(wiring?.Variables.Select(entry => entry.Key) ?? [])],
                Limits = LimitsOf(task, tasks, attempt.Task.Ordinal),
            },
            null);
    }

    /// <summary>What a task may use at most.</summary>
    public static TaskLimits LimitsOf(RenderedTask task, RunTasks tasks, int ordinal) =>
        new(task.MemoryLimit, tasks.ShapeOf(ordinal).Cpu is > 0 and var cores ? cores : null, null);

    /// <summary>The inherited environment with what leads to the gateway, and without what would lead past it.</summary>
    private Dictionary<string, string> Wired(AttemptWiring? wiring)
    {
        var merged = new Dictionary<string, string>(inherited, StringComparer.Ordinal);
        foreach (string name in wiring?.Removed ?? [])
        {
            merged.Remove(name);
        }

        foreach ((string name, string value) in wiring?.Variables ?? [])
        {
            merged[name] = value;
        }

        return merged;
    }

    /// <summary>A short command without a limit is not worth a group: making one costs about as much as starting it.</summary>
    private static IsolationKind Isolation(RenderedTask task, bool brief) => task.Isolation switch
    {
        "cgroup" => IsolationKind.Cgroup,
        "container" => IsolationKind.Container,
        "process" or "none" => IsolationKind.Process, // documents of earlier plans say none
        _ => brief && task.MemoryLimit is null ? IsolationKind.Process : IsolationKind.Auto,
    };
}
