namespace Plimsoll.Daemon.Requests;

/// <summary>A plan to read.</summary>
/// <param name="Name">The file as the user named it, for messages; <c>-</c> = standard input.</param>
/// <param name="Text">The content when it came from standard input; null = read the file.</param>
/// <param name="Format">Null = by the name's ending.</param>
/// <param name="Recording">How a recorded workflow becomes synthetic tasks; for <see cref="PlanFormat.WfCommons"/> only.</param>
public sealed record PlanRequest(string Name, string? Text, PlanFormat? Format, RecordingOptions Recording);
