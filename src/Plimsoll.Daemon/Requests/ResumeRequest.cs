namespace Plimsoll.Daemon.Requests;

/// <summary>A run to take up again.</summary>
/// <param name="Run">Null = the newest that is unfinished.</param>
/// <param name="MaxConcurrent">Null = as configured.</param>
public sealed record ResumeRequest(int? Run, TaskLimit? MaxConcurrent);
