namespace Plimsoll.Client.Projects;

/// <summary>Why a verb did nothing.</summary>
public sealed record RefusalView(int ExitCode, string Message, string? Cure);
