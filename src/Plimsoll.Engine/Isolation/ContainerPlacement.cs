using Plimsoll.Engine.Processes;

namespace Plimsoll.Engine.Isolation;

/// <summary>Puts an attempt into a container whose cgroup lies in a leaf of ours, so that it is read, frozen and killed like any other.</summary>
internal sealed class ContainerPlacement(TaskParent? parent, string journalId)
{
    /// <returns>Why the attempt must not start, or null.</returns>
    public string? Place(LiveAttempt attempt)
    {
        ProcessLaunch launch = attempt.Launch;
        if (launch.Image is null)
            return "isolation: container needs an image; write image: at the task";

        string? path = launch.Environment.FirstOrDefault(entry => entry.StartsWith("PATH=", StringComparison.Ordinal))?[5..];
        if (ContainerEngine.Find(path) is not { } engine)
            return $"isolation: container needs podman or docker; neither is on PATH={path}";

        bool enforced = System.Environment.IsPrivilegedProcess || parent?.Paths.IsUnified == true;
        if (!enforced && launch.Limits.Memory is not null)
            return "memory_limit cannot be enforced in a container here: rootless containers have limits under cgroup v2 only; run as root, or without memory_limit";

        string? group = null;
        if (parent is not null)
        {
            attempt.Leaf = parent.MakeForContainer(launch.Attempt, launch.Limits, out group, out string? refusal);
            if (refusal is not null)
                return $"isolation: container is not possible: {refusal}";
        }

        // Mounted, so it must be there before.
        File.AppendAllText(launch.Files.Values, "");
        attempt.Launch = engine.Wrap(launch, journalId, group);
        return null;
    }
}
