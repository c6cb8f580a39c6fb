using System.Globalization;

namespace Plimsoll.Watch.Forecasts;

/// <summary>Decides how many nodes a fleet should have: up on queue wait, down on idleness, never below pinned work, with a cool-down.</summary>
/// <remarks>Pure. Up goes by what the queue needs, at most doubling at once; down by one node at a time, because what was given back costs minutes to get again.</remarks>
public static class ScalingPolicy
{
    public static ScalingState Begin(ScalingSettings settings, int nodes) => new(Bounded(settings, nodes), null, null, "as it was");

    public static ScalingState Decide(ScalingSettings settings, ScalingState state, in ScalingReading now)
    {
        int least = Math.Max(settings.Least, Math.Min(now.PinnedNodes, settings.Most));
        double places = Math.Max(1, now.PlacesPerNode);
        int fewer = Math.Max(state.Desired - 1, 1);
        bool idle = now.Ready == 0 && state.Desired > least && now.Running <= settings.DownBelow * fewer * places;
        DateTimeOffset? idleSince = idle ? state.IdleSince is { } since && since <= now.At ? since : now.At : null;
        state = state with { IdleSince = idleSince };
        if (state.Desired < least)
        {
            return Change(state, least, now.At, string.Create(CultureInfo.InvariantCulture, $"{least} nodes hold work that cannot move, or are the least there may be"));
        }

        if (state.ChangedAt is { } changed && now.At - changed < settings.CoolDown && now.At >= changed)
        {
            return state;
        }

        if (now.Ready > 0 && now.OldestWait >= settings.UpAfter)
        {
            int needed = (int)Math.Min(settings.Most, Math.Ceiling((now.Running + now.Ready) / places));
            int wanted = Bounded(settings, Math.Min(Math.Max(needed, state.Desired), state.Desired * 2));
            return wanted > state.Desired
                ? Change(state, wanted, now.At, string.Create(CultureInfo.InvariantCulture, $"a task has waited {now.OldestWait.TotalSeconds:0} s and {now.Ready} are ready; {now.Running} run on {now.Nodes} nodes"))
                : state;
        }

        return idleSince is { } from && now.At - from >= settings.IdleFor
            ? Change(state, Math.Max(least, fewer), now.At, string.Create(CultureInfo.InvariantCulture, $"nothing waits, and {now.Running} tasks have had room on {fewer} nodes for {(now.At - from).TotalMinutes:0} min"))
            : state;
    }

    private static ScalingState Change(ScalingState state, int desired, DateTimeOffset at, string reason) =>
        desired == state.Desired ? state : state with { Desired = desired, ChangedAt = at, IdleSince = null, Reason = reason };

    private static int Bounded(ScalingSettings settings, int nodes) => Math.Clamp(nodes, Math.Max(1, settings.Least), Math.Clamp(settings.Most, 1, ScalingSettings.Largest));
}
