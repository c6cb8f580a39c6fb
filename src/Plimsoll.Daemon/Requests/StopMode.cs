namespace Plimsoll.Daemon.Requests;

/// <summary>How a run is stopped.</summary>
public enum StopMode
{
    /// <summary>Start nothing more and wait for what runs, however long.</summary>
    Drain,

    /// <summary>Start nothing more, wait 30 seconds, then end what still runs.</summary>
    Graceful,

    /// <summary>End everything now.</summary>
    Immediate,
}
