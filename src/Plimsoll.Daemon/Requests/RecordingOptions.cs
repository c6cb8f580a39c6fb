namespace Plimsoll.Daemon.Requests;

/// <summary>How a recorded workflow becomes synthetic tasks.</summary>
/// <param name="TimeScale">Factor on recorded durations, e.g. 0.001.</param>
/// <param name="MemoryScale">Factor on recorded memory and on <paramref name="CapacityBytes"/>.</param>
/// <param name="CapacityBytes">Memory of the machine in the recording's units; null = this machine's.</param>
/// <param name="Cores">Null = this machine's.</param>
/// <param name="AsNoop">In-process work instead of burns that hold memory.</param>
public sealed record RecordingOptions(
    double TimeScale,
    double MemoryScale,
    long? CapacityBytes,
    int? Cores,
    bool AsNoop);
