using System.Collections.Immutable;
using Plimsoll.Core.Capacity;
using Plimsoll.Core.Units;
using Plimsoll.Watch.Samples;

namespace Plimsoll.Watch.Signals;

/// <summary>Signals of the machines.</summary>
internal sealed class NodeSignals
{
    private readonly Dictionary<string, DateTimeOffset> gatedSince = new(StringComparer.Ordinal);

    public void Read(WatchSample sample, SignalSet set)
    {
        ImmutableArray<NodeReading> nodes = sample.Nodes;
        if (nodes.IsEmpty)
        {
            return;
        }

        set.SetKnown("cpu.busy", nodes.Select(static node => node.Cpu is { } cpu ? new SignalValue(node.Name, cpu.Busy, Cores(node)) : (SignalValue?)null));
        set.SetKnown("cpu.stalled", nodes.Select(static node => node.Cpu?.Stalled is { } stalled ? new SignalValue(node.Name, stalled, Cores(node)) : (SignalValue?)null));
        set.SetKnown("memory.used", nodes.Select(static node => node.Memory is { } memory ? Share(node.Name, memory.Limit - memory.Free, memory.Limit) : (SignalValue?)null));
        set.SetKnown("memory.stalled", nodes.Select(static node => node.Pressure is { } pressure ? new SignalValue(node.Name, pressure.Full, Memory(node.Memory)) : (SignalValue?)null));
        set.SetKnown("swap.used", nodes.Select(static node => node.Swap is { } swap ? Share(node.Name, swap.Used, swap.Total) ?? new SignalValue(node.Name, 0, "no swap") : (SignalValue?)null));
        set.SetKnown("disk.used", nodes.Select(static node => node is { DiskTotal: { } total, DiskFree: { } free } ? Share(node.Name, total - free, total) : (SignalValue?)null));
        set.Set("memory.gated", [.. nodes.Where(node => Gated(node, sample.At)).Select(node => new SignalValue(node.Name, (sample.At - gatedSince[node.Name]).TotalSeconds, Memory(node.Memory)))]);
    }

    private bool Gated(NodeReading node, DateTimeOffset at)
    {
        if (!node.Gated)
        {
            gatedSince.Remove(node.Name);
            return false;
        }

        gatedSince.TryAdd(node.Name, at);
        return true;
    }

    private static SignalValue? Share(string name, Bytes used, Bytes total) =>
        total.Value <= 0 ? null : new SignalValue(name, Math.Clamp((double)used.Value / total.Value, 0, 1), $"{used} of {total}");

    private static string Memory(MemorySample? memory) => memory is { } known ? $"{known.Free} of {known.Limit} free" : "";

    private static string Cores(NodeReading node) => node.Cores is { } cores ? $"{cores:0.#} cores" : "";
}
