namespace Plimsoll.Client.Runs;

/// <summary>The memory of the machine, and what is kept back.</summary>
public sealed record MemoryView(long TotalBytes, long FreeBytes, long ReserveBytes);
