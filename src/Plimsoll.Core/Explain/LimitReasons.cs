using System.Globalization;
using Plimsoll.Core.Capacity;
using Plimsoll.Core.Limits;
using Plimsoll.Core.Providers;

namespace Plimsoll.Core.Explain;

/// <summary>What limits of services outside and quotas of providers say, with the numbers of the comparison.</summary>
internal static class LimitReasons
{
    public static WaitReason OfLimit(LockState held, LockClaim claim, DateTimeOffset now)
    {
        if (held.Limit is not { } limit)
        {
            return new WaitReason("limit", $"limit {held.Name} is promised to a task before it", null, null, "its turn");
        }

        double level = Math.Floor(limit.Level(now) * 10) / 10;
        string has = Math.Max(0, level).ToString("0.#", CultureInfo.InvariantCulture);
        Opening opening = limit.OpeningFor(claim.Units, now);
        string released = opening.Kind switch
        {
            OpeningKind.Later => string.Create(CultureInfo.InvariantCulture, $"the time {opening.NotBefore:O}, in {(opening.NotBefore - now).TotalSeconds:0.#} s"),
            OpeningKind.Never => "another limit, or a smaller request",
            _ => "the start of a task before it",
        };
        return new WaitReason("limit", $"takes {claim.Units} from limit {held.Name} ({Text(limit.Policy)}), {has} are there", $"{claim.Units}", has, released);
    }

    public static WaitReason OfQuota(LockState held)
    {
        QuotaFeed? feed = held.Feed;
        string used = feed is null ? "" : string.Create(CultureInfo.InvariantCulture, $"; {feed.Binding} {feed.Used * 100:0} % used");
        int places = held.Places;
        string message = $"{held.Name.Replace("|", " and ", StringComparison.Ordinal)} feeds {feed?.Feeds ?? 0} agents at the use seen; {held.UnitsTaken} run{used}";
        return new WaitReason("quota", message, "1 place", $"{Math.Max(0, places - held.UnitsTaken)} places", "the end of a task that uses it, or less use of the quota");
    }

    private static string Text(LimitPolicy policy)
    {
        string rate = string.Create(CultureInfo.InvariantCulture, $"{policy.Rate.Amount} in {policy.Rate.Per.TotalSeconds:0.###} s");
        return policy.Burst is { } burst ? $"{rate}, at most {burst} at once" : $"at most {rate}";
    }
}
