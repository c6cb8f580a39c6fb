namespace Plimsoll.Client.Projects;

/// <summary>What merging the branches of a run came to.</summary>
public sealed record MergeView(int Run, string IntoBranch, IReadOnlyList<MergedTaskView> Tasks);
