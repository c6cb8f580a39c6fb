namespace Plimsoll.Engine.Isolation;

/// <summary>A running container as the kernel sees it.</summary>
/// <param name="Folder">Its cgroup in the hierarchy that counts memory.</param>
/// <param name="InLeaf">It lies in the leaf of its attempt, and is read, frozen and killed there.</param>
/// <param name="MemoryBytes">Least limit on the way up; null = none is kept, the largest number = not limited.</param>
/// <param name="Cores">Least quota on the way up; null = not limited.</param>
/// <param name="Processes">Least number on the way up; null = none is kept.</param>
internal sealed record ContainerState(string Folder, bool InLeaf, long? MemoryBytes, double? Cores, long? Processes)
{
    private const double QuotaTolerance = 0.01;

    /// <summary>The part of these limits that is in force.</summary>
    public TaskLimits InForce(TaskLimits asked) => asked with
    {
        // The kernel counts pages.
        Memory = asked.Memory is { } memory && MemoryBytes < memory.Value + System.Environment.SystemPageSize ? memory : null,
        Cores = asked.Cores is { } cores && Cores <= cores + QuotaTolerance ? cores : null,
        Processes = asked.Processes is { } processes && Processes <= processes ? processes : null,
    };
}
