namespace Plimsoll.Watch.Alerts;

/// <summary>Where an alert stands.</summary>
public enum AlertState : byte
{
    Raised = 0,
    Cleared = 1,
}
