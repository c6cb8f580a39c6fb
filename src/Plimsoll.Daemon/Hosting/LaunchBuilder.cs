using Plimsoll.Core.Identity;
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
    private readonly Dictionary<string, string> inherited;
    private readonly string[] inheritedList;

    public LaunchBuilder(AttemptLayout layout, LaunchSettings settings, IReadOnlyDictionary<string, string> environment)
    {
        this.layout = layout;
        this.settings = settings;
        inherited = environment
            .Where(entry => !entry.Key.StartsWith("PLIMSOLL_", StringComparison.Ordinal))
            .ToDictionary(StringComparer.Ordinal);
        inheritedList = [.. inherited.Select(entry => $"{entry.Key}={entry.Value}")];
    }

    public LaunchResult Build(AttemptId attempt, RunTasks tasks, RenderedTask task, bool brief)
    {
        AttemptFiles files = layout.Files(attempt);
        string[] own =
        [
            $"PLIMSOLL_RUN={tasks.Run}",
            $"PLIMSOLL_TASK={tasks.NameOf(attempt.Task.Ordinal)}",
            $"PLIMSOLL_OUTPUT={files.Values}",
            $"PLIMSOLL_STATE={layout.Root}",
        ];
        IReadOnlyList<string> environment;
        if (task.Environment.IsEmpty)
        {
            environment = [.. inheritedList, .. own];
        }
        else
        {
            var merged = new Dictionary<string, string>(inherited, StringComparer.Ordinal);
            foreach (EnvironmentEntry entry in task.Environment)
            {
                string? value = entry.From is { } source ? inherited.GetValueOrDefault(source) : entry.Value;
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
            new ProcessLaunch(attempt, task.Arguments, environment, folder, mode, files, settings.Grace)
            {
                DeclaredOutputs = task.DeclaredOutputs,
                Isolation = Isolation(task, brief),
                Image = task.Image,
                ContainerVariables = [.. task.Environment.Select(entry => entry.Name)],
                Limits = new TaskLimits(task.MemoryLimit, tasks.ShapeOf(attempt.Task.Ordinal).Cpu is > 0 and var cores ? cores : null, null),
            },
            null);
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
