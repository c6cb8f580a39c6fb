namespace Plimsoll.Core.Inputs;

/// <summary>Ends every live attempt because Plimsoll is being stopped; their tasks go back to ready with the attempts they had.</summary>
/// <param name="Grace">Between SIGTERM and SIGKILL; null = each task's own.</param>
public sealed record InterruptAttempts(TimeSpan? Grace, string Reason) : Input;
