using System.Collections.Concurrent;
using System.Globalization;
using Plimsoll.Engine.Processes;

namespace Plimsoll.Engine.Isolation;

/// <summary>Puts an attempt into a container whose cgroup lies in a leaf of ours, so that it is read, frozen and killed like any other.</summary>
internal sealed class ContainerPlacement(TaskParent? parent, string journalId)
{
    private readonly ConcurrentDictionary<string, bool> told = new(StringComparer.Ordinal);

    /// <summary>Told, once each, what does not work as asked.</summary>
    public Action<string>? Notice { get; set; }

    /// <summary>Whether containers can be limited: by root anywhere, by a user in a delegated cgroup v2.</summary>
    public static bool Enforces(TaskParent? parent) => System.Environment.IsPrivilegedProcess || parent?.Paths.IsUnified == true;

    /// <returns>Why the attempt must not start, or null.</returns>
    public string? Place(LiveAttempt attempt)
    {
        ProcessLaunch launch = attempt.Launch;
        if (launch.Image is null)
            return "isolation: container needs an image; write image: at the task";

        if (ContainerEngine.Find(launch.Environment) is not { } engine)
            return $"isolation: container needs podman or docker; neither is on {launch.Environment.FirstOrDefault(entry => entry.StartsWith("PATH=", StringComparison.Ordinal))}";

        bool enforced = Enforces(parent);
        if (!enforced && launch.Limits.Memory is not null)
            return "memory_limit cannot be enforced in a container here: rootless containers have limits only in a delegated cgroup v2; "
                + $"{CgroupBase.Advice}; or leave memory_limit out";

        if (!enforced && launch.Limits.Any)
        {
            Tell("cpu: of containers is not enforced here: rootless containers have limits only in a delegated cgroup v2; plimsoll doctor says more");
            launch = launch with { Limits = TaskLimits.None };
        }

        string? group = null;
        if (parent is not null)
        {
            attempt.Leaf = parent.MakeForContainer(launch.Attempt, launch.Limits, out group, out string? refusal);
            if (refusal is not null)
                return $"isolation: container is not possible: {refusal}";
        }

        // Mounted, so it must be there before.
        File.AppendAllText(launch.Files.Values, "");
        new ContainerRecord(engine.Program, ContainerEngine.NameOf(journalId, launch.Attempt)).Write(launch.Files);
        attempt.Engine = Path.GetFileName(engine.Program);
        attempt.Launch = engine.Wrap(launch, journalId, group);
        return null;
    }

    /// <summary>Reads back, once it runs, where the engine has put the container and which limits hold.</summary>
    /// <returns>Why the attempt must not go on, or null.</returns>
    public string? Confirm(LiveAttempt attempt)
    {
        if (attempt.ReadBack is not null || new ContainerReadBack(attempt).Look() is not { } state)
            return null;

        TaskLimits asked = attempt.Launch.Limits;
        TaskLimits inForce = state.InForce(asked);
        attempt.ReadBack = inForce;
        if (asked.Memory is { } memory && inForce.Memory is null)
        {
            return $"the container's memory_limit of {memory} is not in force: {state.Folder} reads {state.MemoryBytes?.ToString(CultureInfo.InvariantCulture) ?? "nothing"}; "
                + "use isolation: cgroup, or leave memory_limit out";
        }

        string? engine = attempt.Engine;
        attempt.IsElsewhere = !state.InLeaf;
        if (attempt.Leaf is not null && attempt.IsElsewhere)
            Tell($"{engine} makes containers in {Path.GetDirectoryName(state.Folder)} and not in the groups of their tasks: they are counted, frozen and killed only through {engine}'s own process");

        if (asked.Cores is not null && inForce.Cores is null)
            Tell($"cpu: of containers is not enforced: {engine} did not set it");

        return null;
    }

    private void Tell(string message)
    {
        if (told.TryAdd(message, true))
            Notice?.Invoke(message);
    }
}
