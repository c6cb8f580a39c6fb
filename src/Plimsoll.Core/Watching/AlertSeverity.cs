namespace Plimsoll.Core.Watching;

/// <summary>How much an alert matters.</summary>
public enum AlertSeverity : byte
{
    /// <summary>Good to know.</summary>
    Info = 0,

    /// <summary>Somebody should look today.</summary>
    Warning = 1,

    /// <summary>Work is being lost or stands still.</summary>
    Critical = 2,
}
