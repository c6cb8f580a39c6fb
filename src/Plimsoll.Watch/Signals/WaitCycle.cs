using System.Collections.Immutable;
using Plimsoll.Watch.Samples;

namespace Plimsoll.Watch.Signals;

/// <summary>Callers that wait for each other in a circle, found by walking the wait-for graph (depth first, each caller once).</summary>
/// <param name="Owners">In the order of waiting, beginning with the alphabetically first.</param>
public sealed record WaitCycle(ImmutableArray<string> Owners, string Description)
{
    private const int Most = 100;

    public static ImmutableArray<WaitCycle> Find(IReadOnlyList<LeaseReading> leases)
    {
        if (!leases.Any(static lease => lease.WaitsFor.Length > 0))
        {
            return [];
        }

        ILookup<string, string> holders = leases.SelectMany(static lease => lease.Holds.Select(name => (Name: name, lease.Owner))).ToLookup(static held => held.Name, static held => held.Owner, StringComparer.Ordinal);
        Dictionary<string, (string Owner, string Name)[]> edges = leases.GroupBy(static lease => lease.Owner, StringComparer.Ordinal).ToDictionary(
            static own => own.Key,
            own => own.SelectMany(static lease => lease.WaitsFor).SelectMany(name => holders[name].Where(holder => holder != own.Key).Select(holder => (holder, name))).Distinct().ToArray(),
            StringComparer.Ordinal);
        var found = new Dictionary<string, WaitCycle>(StringComparer.Ordinal);
        var finished = new HashSet<string>(StringComparer.Ordinal);
        foreach (string owner in edges.Keys.Order(StringComparer.Ordinal))
        {
            Walk(owner, edges, finished, found);
        }

        return [.. found.Values];
    }

    // With a stack of its own: a thousand callers in a row must not be a thousand frames.
    private static void Walk(string start, Dictionary<string, (string Owner, string Name)[]> edges, HashSet<string> finished, Dictionary<string, WaitCycle> found)
    {
        var path = new List<(string Owner, string For, int Next)>();
        var onPath = new Dictionary<string, int>(StringComparer.Ordinal);
        Push(start);
        while (path.Count > 0 && found.Count < Most)
        {
            (string owner, _, int next) = path[^1];
            if (!edges.TryGetValue(owner, out (string Owner, string Name)[]? out1) || next >= out1.Length)
            {
                finished.Add(owner);
                onPath.Remove(owner);
                path.RemoveAt(path.Count - 1);
                continue;
            }

            path[^1] = (owner, out1[next].Name, next + 1);
            string to = out1[next].Owner;
            if (onPath.TryGetValue(to, out int from))
            {
                WaitCycle cycle = Of(path[from..]);
                found.TryAdd(string.Join('\n', cycle.Owners), cycle);
            }
            else
            {
                Push(to);
            }
        }

        void Push(string owner)
        {
            if (!finished.Contains(owner))
            {
                onPath[owner] = path.Count;
                path.Add((owner, "", 0));
            }
        }
    }

    private static WaitCycle Of(List<(string Owner, string For, int Next)> circle)
    {
        int first = circle.IndexOf(circle.MinBy(static one => one.Owner, StringComparer.Ordinal));
        (string Owner, string For, int Next)[] turned = [.. circle[first..], .. circle[..first]];
        string description = string.Join(", ", turned.Select((one, i) => $"{one.Owner} waits for {one.For}, which {turned[(i + 1) % turned.Length].Owner} holds"));
        return new WaitCycle([.. turned.Select(static one => one.Owner)], description);
    }
}
