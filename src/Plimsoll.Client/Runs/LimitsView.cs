namespace Plimsoll.Client.Runs;

/// <summary>The limits of a run.</summary>
/// <param name="Live">Another Plimsoll works under them now; otherwise they are what <c>plimsoll resume</c> goes on with.</param>
/// <param name="Policy"><c>auto</c>, <c>fixed</c>, <c>tiers</c>, <c>formula</c> or <c>reserve</c>.</param>
/// <param name="MaxConcurrent">Tasks at once; null = as many as memory and locks allow.</param>
/// <param name="MemoryReserveBytes">Memory never given to tasks; null = by the size of the machine.</param>
/// <param name="MemoryBytes">Memory tasks may use, where that was set; null = what the machine has.</param>
/// <param name="Services">Limits of services outside; null when there are none.</param>
/// <param name="Locks">Units of each counted lock.</param>
public sealed record LimitsView(
    int Run,
    bool Live,
    string Policy,
    int? MaxConcurrent,
    long? MemoryReserveBytes,
    long? MemoryBytes,
    double? Cores,
    IReadOnlyDictionary<string, int> Locks,
    IReadOnlyList<ServiceLimitView>? Services = null);
