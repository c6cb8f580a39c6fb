namespace Plimsoll.Client.Runs;

/// <summary>What a verb that changes a run (cancel, retry) did.</summary>
/// <param name="Tasks">The names of the tasks it changed.</param>
/// <param name="Live">A running Plimsoll took the change over; otherwise it was written to the journal and acts at the next resume.</param>
public sealed record ChangeView(string Verb, int Run, IReadOnlyList<string> Tasks, bool Live);
