using System.Collections.Immutable;
using Plimsoll.Core.Capacity;
using Plimsoll.Core.Identity;
using Plimsoll.Core.Watching;
using Plimsoll.Daemon.Leases;
using Plimsoll.Watch.Samples;
using LeaseReading = Plimsoll.Watch.Samples.LeaseReading;

namespace Plimsoll.Daemon.Watching;

/// <summary>Who holds and who waits: locks, limits, quotas, leases, circuit breakers.</summary>
/// <remarks>One caller.</remarks>
internal sealed class SharingReadings
{
    private ImmutableArray<string> held = [];

    public static ImmutableArray<LockReading> Locks(LoadPicture picture) => [.. picture.Locks.Select(one =>
        new LockReading(one.Name, one.Kind, one.Units, one.Held, one.Holders, one.Waiters, one.Since is { } since && since < picture.At ? picture.At - since : TimeSpan.Zero))];

    /// <summary>Breakers that are not closed, and those that were not at the call before.</summary>
    public ImmutableArray<BreakerReading> Breakers(LoadPicture picture)
    {
        ImmutableArray<BreakerReading> open = [.. picture.Breakers.Select(static one => new BreakerReading(one.Class, true, one.Failures, one.Until))];
        HashSet<string> names = [.. open.Select(static one => one.Name)];
        ImmutableArray<BreakerReading> closed = [.. held.Where(name => !names.Contains(name)).Select(static name => new BreakerReading(name, false, 0, null))];
        held = [.. names];
        return [.. open, .. closed];
    }

    /// <summary>What each caller holds alone and waits for; a task and the leases it took are one caller.</summary>
    public static ImmutableArray<LeaseReading> Leases(LoadPicture picture, IReadOnlyList<LeaseLook> leases, KernelLimits limits)
    {
        if (leases.Count == 0)
        {
            return [];
        }

        Dictionary<string, (List<string> Holds, List<string> Waits)> owners = new(StringComparer.Ordinal);
        HashSet<TaskId> holders = [.. leases.Where(static look => look.Holder is not null).Select(static look => look.Holder!.Value.Task)];
        foreach (LiveLoad live in picture.Live.Where(live => !live.IsLease && holders.Contains(live.Attempt.Task)))
        {
            Of($"task {live.Attempt.Task}").Holds.AddRange(Alone(live.Locks, limits));
        }

        foreach (LeaseLook look in leases.Where(static look => !look.HasEnded))
        {
            string owner = look.Holder is { } holder ? $"task {holder.Task}" : look.Terms.Purpose is { } purpose ? $"lease {look.Id} ({purpose})" : $"lease {look.Id}";
            (look.Granted is null ? Of(owner).Waits : Of(owner).Holds).AddRange(Alone(look.Shape.Locks, limits));
        }

        return [.. owners.Select(static one => new LeaseReading(one.Key, [.. one.Value.Holds], [.. one.Value.Waits]))];

        (List<string> Holds, List<string> Waits) Of(string owner)
        {
            if (!owners.TryGetValue(owner, out (List<string> Holds, List<string> Waits) one))
            {
                owners[owner] = one = ([], []);
            }

            return one;
        }
    }

    private static IEnumerable<string> Alone(ImmutableArray<LockClaim> claims, KernelLimits limits) => claims
        .Where(claim => claim.Mode == LockMode.Exclusive || (claim.Mode == LockMode.Counted && claim.Units >= limits.LockUnits.GetValueOrDefault(claim.Name, 1)))
        .Select(static claim => claim.Name);
}
