namespace Plimsoll.Client.Http;

/// <summary>Tasks submitted in one request: all are accepted, or none.</summary>
internal sealed record TaskSubmissionList(IReadOnlyList<TaskSubmission> Tasks);
