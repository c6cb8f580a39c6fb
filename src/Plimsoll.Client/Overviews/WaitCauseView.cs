namespace Plimsoll.Client.Overviews;

/// <summary>What some tasks wait for.</summary>
/// <param name="Code">The same words as in the reasons of a task.</param>
/// <param name="Message">What decides for the first of them.</param>
public sealed record WaitCauseView(string Code, int Tasks, string Message);
