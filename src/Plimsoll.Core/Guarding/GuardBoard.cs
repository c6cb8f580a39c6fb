using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Plimsoll.Core.Capacity;
using Plimsoll.Core.Units;

namespace Plimsoll.Core.Guarding;

/// <summary>The node as the last reading shows it, the attempts with their history, and the steps taken for it.</summary>
internal sealed class GuardBoard
{
    private const double AheadSeconds = 0.5;

    private readonly Dictionary<long, GuardTrack> byFence = [];
    private readonly Stack<GuardTrack> spare = new();
    private readonly List<GuardAction> actions = [];
    private long reading;

    /// <summary>Live attempts by rising fence.</summary>
    public List<GuardTrack> Tracks { get; } = [];

    public DateTimeOffset Now { get; private set; }

    public long Limit { get; private set; }

    public long Free { get; private set; }

    /// <summary>R.</summary>
    public long Reserve { get; private set; }

    public PressureSample Pressure { get; private set; }

    /// <summary>Free memory expected half a second later.</summary>
    public double Projected { get; set; }

    public int Running { get; private set; }

    public ReadOnlySpan<GuardAction> Actions => CollectionsMarshal.AsSpan(actions);

    public void Read(in GuardSample sample, GuardView view)
    {
        actions.Clear();
        reading++;
        Now = sample.At;
        Limit = sample.Memory.Limit.Value;
        Free = sample.Memory.Free.Value;
        Reserve = view.ReserveOf(sample.Memory.Limit).Value;
        Pressure = sample.Pressure ?? default;
        foreach (ref readonly TaskSample task in sample.Tasks)
        {
            if (!byFence.TryGetValue(task.Attempt.Fence, out GuardTrack? track))
            {
                track = spare.Count > 0 ? spare.Pop() : new GuardTrack();
                track.Begin(task.Attempt, Now);
                if (task.Frozen)
                {
                    // By a guard before this one: its deadlines begin anew, and somebody lets it go on.
                    track.Freeze(Now);
                }

                byFence.Add(task.Attempt.Fence, track);
                Insert(track);
            }

            track.Read(Math.Max(0, task.Resident.Value), Now, Find(view.Tasks, task.Attempt.Fence), reading);
        }

        Sweep();
        Sum();
    }

    public void Take(GuardActionKind kind, GuardCause cause, GuardTrack? track)
    {
        double growth = 0;
        foreach (GuardTrack live in Tracks)
        {
            growth += track is null || track == live ? live.Growth : 0;
        }

        actions.Add(new GuardAction(
            kind, cause, track?.Attempt ?? default, new Bytes(Free), new Bytes(Reserve), new Bytes((long)Projected), new Bytes((long)growth)));
    }

    /// <summary>Stops an attempt; never the last one that runs.</summary>
    public bool Freeze(GuardTrack track, GuardCause cause)
    {
        if (!track.IsRunning || Running <= 1)
        {
            return false;
        }

        Take(GuardActionKind.Freeze, cause, track);
        Projected += track.Ahead(AheadSeconds);
        track.Freeze(Now);
        Running--;
        Take(GuardActionKind.Reclaim, cause, track);
        return true;
    }

    public void Thaw(GuardTrack track, GuardCause cause)
    {
        Take(GuardActionKind.Thaw, cause, track);
        track.Thaw();
        Running++;
    }

    public void Evict(GuardTrack track, GuardCause cause)
    {
        Take(GuardActionKind.Evict, cause, track);
        Running -= track.IsRunning ? 1 : 0;
        track.Evict(Now);
    }

    public static double Ahead(GuardTrack track) => track.Ahead(AheadSeconds);

    private void Sum()
    {
        Running = 0;
        Projected = Free;
        foreach (GuardTrack track in Tracks)
        {
            if (track.IsRunning)
            {
                Running++;
                Projected -= track.Ahead(AheadSeconds);
            }
        }
    }

    private void Insert(GuardTrack track)
    {
        int at = Tracks.Count;
        while (at > 0 && Tracks[at - 1].Attempt.Fence > track.Attempt.Fence)
        {
            at--;
        }

        Tracks.Insert(at, track);
    }

    /// <summary>Forgets attempts that the reading does not show any more.</summary>
    private void Sweep()
    {
        for (int i = Tracks.Count - 1; i >= 0; i--)
        {
            if (Tracks[i].SeenIn != reading)
            {
                byFence.Remove(Tracks[i].Attempt.Fence);
                spare.Push(Tracks[i]);
                Tracks.RemoveAt(i);
            }
        }
    }

    private static GuardTask? Find(ImmutableArray<GuardTask> tasks, long fence)
    {
        int low = 0, high = tasks.Length - 1;
        while (low <= high)
        {
            int middle = (low + high) / 2;
            long found = tasks[middle].Attempt.Fence;
            if (found == fence)
            {
                return tasks[middle];
            }

            (low, high) = found < fence ? (middle + 1, high) : (low, middle - 1);
        }

        return null;
    }
}
