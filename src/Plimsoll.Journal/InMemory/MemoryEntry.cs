using Plimsoll.Core.Facts;

namespace Plimsoll.Journal.InMemory;

/// <summary>A fact and its number in journal order.</summary>
internal readonly record struct MemoryEntry(long Position, Fact Fact);
