namespace Plimsoll.Daemon.Requests;

/// <summary>Limits to change; what is null or missing stays as it is.</summary>
/// <param name="Locks">Units of counted locks by name.</param>
public sealed record LimitsRequest(TaskLimit? MaxConcurrent, long? MemoryReserveBytes, IReadOnlyDictionary<string, int> Locks)
{
    /// <summary>Changes nothing: only asks.</summary>
    public bool IsEmpty => MaxConcurrent is null && MemoryReserveBytes is null && Locks.Count == 0;
}
