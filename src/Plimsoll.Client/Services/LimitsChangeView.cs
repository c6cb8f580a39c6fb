using System.Text.Json;

namespace Plimsoll.Client.Services;

/// <summary>Limits to change; what is left out stays as it is.</summary>
/// <param name="MaxConcurrent">Tasks at once: a number from 1 to 1024, or <c>auto</c>.</param>
/// <param name="MemoryReserveBytes">Memory never given to tasks.</param>
/// <param name="Locks">Units of counted locks by name.</param>
/// <param name="Services">Limits of services outside by name.</param>
public sealed record LimitsChangeView(
    JsonElement? MaxConcurrent, long? MemoryReserveBytes, IReadOnlyDictionary<string, int>? Locks, IReadOnlyDictionary<string, RateView>? Services);
