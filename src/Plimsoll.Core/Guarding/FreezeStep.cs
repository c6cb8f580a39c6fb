namespace Plimsoll.Core.Guarding;

/// <summary>Stops attempts: bursts that do not fit beside those that began before, and whoever grows into the last half of the reserve.</summary>
internal sealed class FreezeStep(GuardBoard board)
{
    private const double PressureFreezes = 0.05;

    private readonly List<GuardTrack> bursts = [];
    private readonly Comparison<GuardTrack> byBurst = static (left, right) =>
    {
        int byStart = left.BurstSince!.Value.CompareTo(right.BurstSince!.Value);
        return byStart != 0 ? byStart : left.Attempt.Fence.CompareTo(right.Attempt.Fence);
    };

    public void Apply()
    {
        TakeTurns();
        Project();
        if (board.Pressure.Full >= PressureFreezes && board.Free < board.Reserve)
        {
            Relieve();
        }
    }

    /// <summary>A burst is a second admission: in order of their start, those that do not fit beside the earlier ones wait.</summary>
    private void TakeTurns()
    {
        bursts.Clear();
        double room = board.Free - (board.Reserve / 2.0);
        foreach (GuardTrack track in board.Tracks)
        {
            if (!track.IsRunning)
            {
                continue;
            }

            if (track.BurstSince is null)
            {
                room -= track.Remaining;
            }
            else
            {
                bursts.Add(track);
            }
        }

        bursts.Sort(byBurst);
        for (int i = 0; i < bursts.Count; i++)
        {
            double remaining = bursts[i].Remaining;
            if (i == 0 || remaining <= room || remaining <= 0)
            {
                room -= remaining;
            }
            else
            {
                board.Freeze(bursts[i], GuardCause.Turn);
            }
        }
    }

    /// <summary>Stops the fastest growers, as many as needed, until half the reserve is expected to stay free.</summary>
    private void Project()
    {
        while (board.Projected < board.Reserve / 2.0 && Fastest() is { } fastest && board.Freeze(fastest, GuardCause.Projection))
        {
        }
    }

    private GuardTrack? Fastest()
    {
        GuardTrack? fastest = null;
        foreach (GuardTrack track in board.Tracks)
        {
            if (track.IsRunning && GuardBoard.Ahead(track) > 0 && (fastest is null || GuardBoard.Ahead(track) > GuardBoard.Ahead(fastest)))
            {
                fastest = track;
            }
        }

        return fastest;
    }

    /// <summary>Everybody stalls: the youngest rests, one per reading.</summary>
    private void Relieve()
    {
        for (int i = board.Tracks.Count - 1; i >= 0; i--)
        {
            if (board.Tracks[i].IsRunning)
            {
                board.Freeze(board.Tracks[i], GuardCause.Pressure);
                return;
            }
        }
    }
}
