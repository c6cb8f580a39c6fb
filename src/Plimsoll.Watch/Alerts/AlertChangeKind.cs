namespace Plimsoll.Watch.Alerts;

/// <summary>What has become of an alert.</summary>
public enum AlertChangeKind : byte
{
    Raised = 0,
    Cleared = 1,

    /// <summary>Still raised, not acknowledged, and told about long ago.</summary>
    Reminded = 2,
}
