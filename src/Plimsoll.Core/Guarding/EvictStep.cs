namespace Plimsoll.Core.Guarding;

/// <summary>Kills what must go: who was frozen for too long, and, with a quarter of the reserve left, whoever costs least to do again.</summary>
internal sealed class EvictStep(GuardBoard board)
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(120);

    /// <summary>A kill that has not shown any effect by then is no longer counted on.</summary>
    private static readonly TimeSpan Effective = TimeSpan.FromSeconds(2);

    public void Apply()
    {
        foreach (GuardTrack track in board.Tracks)
        {
            if (track is { FrozenSince: { } since, EvictedAt: null } && board.Now - since >= Deadline)
            {
                board.Evict(track, GuardCause.Deadline);
            }
        }

        if (board.Free >= board.Reserve / 4)
        {
            return;
        }

        double expected = board.Free;
        foreach (GuardTrack track in board.Tracks)
        {
            expected += track.EvictedAt is { } at && board.Now - at < Effective ? track.Bytes : 0;
        }

        while (expected < board.Reserve / 4.0 && Victim() is { } victim)
        {
            expected += victim.Bytes;
            board.Evict(victim, GuardCause.FreeMemory);
        }
    }

    /// <summary>The least redo cost per byte freed; one that is being ended already frees its memory by itself.</summary>
    private GuardTrack? Victim()
    {
        GuardTrack? victim = null;
        double least = double.MaxValue;
        foreach (GuardTrack track in board.Tracks)
        {
            if (track.EvictedAt is null && !track.Known.Ending && track.Bytes > 0)
            {
                double cost = track.RedoCost(board.Now) / track.Bytes;
                if (cost < least)
                {
                    (victim, least) = (track, cost);
                }
            }
        }

        return victim;
    }
}
