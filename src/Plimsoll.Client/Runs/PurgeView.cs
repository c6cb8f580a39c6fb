namespace Plimsoll.Client.Runs;

/// <summary>What became of dead letters: they are listed no more and their output is gone.</summary>
/// <param name="Tasks">As addresses: <c>7/build</c>.</param>
public sealed record PurgeView(bool DryRun, IReadOnlyList<string> Tasks, int Files, long FreedBytes);
