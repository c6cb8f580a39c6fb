
namespace Plimsoll.Daemon.Access;

/// <summary>Who changed what, when.</summary>
/// <param name="Target">Id of the run or task, or the name of what was changed.</param>
internal sealed record AuditEntry(DateTimeOffset At, string Caller, string Action, string Target, string? Detail);
