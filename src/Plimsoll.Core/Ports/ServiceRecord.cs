namespace Plimsoll.Core.Ports;

/// <summary>Something a service remembers that is no task: a key of a submission, a message, a token. The newest of a kind and key counts.</summary>
/// <param name="Kind">What it is, in snake case.</param>
/// <param name="Key">Unique within its kind; records are listed in ordinal order of it.</param>
/// <param name="Detail">JSON object, opaque to journal and kernel; null removes the record.</param>
public sealed record ServiceRecord(string Kind, string Key, string? Detail);
