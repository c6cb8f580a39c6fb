namespace Plimsoll.Daemon.Requests;

/// <summary>A job that is measured alone.</summary>
/// <param name="Isolations"><c>bare</c>, <c>none</c>, <c>cgroup</c> or <c>container</c>, in the order they take turns.</param>
/// <param name="Image">For <c>container</c>.</param>
public sealed record BaselineRequest(TrialRequest Trial, int Repetitions, IReadOnlyList<string> Isolations, string? Image);
