namespace Plimsoll.Client.Services;

/// <summary>The end of what the last attempt of a task wrote.</summary>
/// <param name="Attempt">Its number, from 1; 0 = it has not started yet.</param>
/// <param name="Stdout">Null when it was not asked for.</param>
/// <param name="Cut">True when there was more before.</param>
public sealed record TailView(string Id, string Name, string State, int Attempt, string? Stdout, string? Stderr, bool Cut);
