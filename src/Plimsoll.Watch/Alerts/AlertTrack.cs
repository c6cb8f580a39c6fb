namespace Plimsoll.Watch.Alerts;

/// <summary>How far one rule is with one subject.</summary>
internal sealed class AlertTrack
{
    /// <summary>Since when the raise condition holds without a break.</summary>
    public DateTimeOffset? PendingSince { get; set; }

    /// <summary>Since when the clear condition holds without a break.</summary>
    public DateTimeOffset? ClearingSince { get; set; }

    /// <summary>Null while nothing is raised.</summary>
    public Alert? Alert { get; set; }

    /// <summary>Time in which nobody looked counts for nothing.</summary>
    public void Skip(TimeSpan gap)
    {
        PendingSince += gap;
        ClearingSince += gap;
    }
}
