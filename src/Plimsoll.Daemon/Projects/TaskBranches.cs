namespace Plimsoll.Daemon.Projects;

/// <summary>The branches of a run's tasks, in the order of the plan.</summary>
internal sealed record TaskBranches(int Run, IReadOnlyList<(string Task, string Branch)> Branches);
