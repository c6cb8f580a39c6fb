
namespace Plimsoll.Daemon.Access;

/// <summary>What is remembered of a task or run that a task submitted.</summary>
/// <param name="Task">Id of the task that submitted it.</param>
internal sealed record KeptParent(long Task);
