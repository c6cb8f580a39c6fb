namespace Plimsoll.Client.Services;

/// <summary>Who changed what, when.</summary>
/// <param name="Caller"><c>socket</c>, <c>token NAME</c>, <c>attempt TASK.N</c> or <c>anonymous</c>.</param>
/// <param name="Target">Id of the run or task, or the name of what was changed.</param>
public sealed record AuditView(DateTimeOffset At, string Caller, string Action, string Target, string? Detail);
