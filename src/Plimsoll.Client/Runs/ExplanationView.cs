namespace Plimsoll.Client.Runs;

/// <summary>Why a task is where it is; the first reason is the one that decides.</summary>
/// <param name="Attempts">What happened so far, oldest first.</param>
public sealed record ExplanationView(
    int Run,
    string Name,
    string State,
    IReadOnlyList<ReasonView> Reasons,
    IReadOnlyList<AttemptView> Attempts);
