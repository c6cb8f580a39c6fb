namespace Plimsoll.Client.Http;

/// <summary>Which tasks (<c>12.345</c>) and runs (<c>12</c>) to wait for, and for how long at most.</summary>
internal sealed record WaitRequest(IReadOnlyList<string> Tasks, double TimeoutSeconds);
