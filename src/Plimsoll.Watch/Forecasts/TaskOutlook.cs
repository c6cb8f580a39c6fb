namespace Plimsoll.Watch.Forecasts;

/// <summary>How far a task is, for a forecast.</summary>
public enum TaskOutlook : byte
{
    /// <summary>Not begun.</summary>
    Open = 0,
    Running = 1,
    Ended = 2,
}
