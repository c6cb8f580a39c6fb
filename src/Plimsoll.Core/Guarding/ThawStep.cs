namespace Plimsoll.Core.Guarding;

/// <summary>Lets frozen attempts go on: oldest first, all whose way ahead fits, once the reserve is free again.</summary>
internal sealed class ThawStep(GuardBoard board)
{
    private static readonly TimeSpan AtLeast = TimeSpan.FromSeconds(1);

    public void Apply()
    {
        if (board.Running == 0)
        {
            // Nobody is left to give anything back: the oldest goes on whatever there is.
            if (Oldest() is { } oldest)
            {
                board.Thaw(oldest, GuardCause.Recovered);
            }

            return;
        }

        if (board.Free < board.Reserve)
        {
            return;
        }

        double room = board.Free - (board.Reserve / 2.0);
        foreach (GuardTrack track in board.Tracks)
        {
            room -= track.IsRunning ? Math.Max(track.Remaining, GuardBoard.Ahead(track)) : 0;
        }

        foreach (GuardTrack track in board.Tracks)
        {
            if (track is { FrozenSince: { } since, EvictedAt: null } && board.Now - since >= AtLeast && track.RemainingIfThawed <= room)
            {
                room -= track.RemainingIfThawed;
                board.Thaw(track, GuardCause.Recovered);
            }
        }
    }

    /// <summary>Everything goes on at once: the load line was switched off.</summary>
    public void All()
    {
        foreach (GuardTrack track in board.Tracks)
        {
            if (track is { FrozenSince: not null, EvictedAt: null })
            {
                board.Thaw(track, GuardCause.Recovered);
            }
        }
    }

    private GuardTrack? Oldest()
    {
        foreach (GuardTrack track in board.Tracks)
        {
            if (track is { FrozenSince: not null, EvictedAt: null })
            {
                return track;
            }
        }

        return null;
    }
}
