namespace Plimsoll.Watch.Alerts;

/// <summary>What an alert is about.</summary>
public enum AlertGroup : byte
{
    Performance = 0,
    Concurrency = 1,
    Agents = 2,
    System = 3,
    Own = 4,
}
