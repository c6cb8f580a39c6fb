using Plimsoll.Core.Identity;
using Plimsoll.Core.Units;
using Plimsoll.Engine.Isolation;
using Plimsoll.Engine.Probes;

namespace Plimsoll.Engine.Processes;

/// <summary>One attempt from its start request to the report of its end.</summary>
/// <remarks>Made by the executor; the spawner writes the process fields before it hands over; then the waiter owns everything but what says otherwise.</remarks>
internal sealed class LiveAttempt(ProcessLaunch launch, string tag, long key)
{
    private volatile KillRequest? kill;
    private volatile bool handedOver;
    private volatile bool overLimit;
    private volatile FreezeRequest freeze;
    private volatile TaskLimits? readBack;
    private long peakResidentBytes;
    private long cpuTicks;
    private long startTicks;
    private long residentBytes;

    /// <summary>Replaced by the spawner when it is carried out by a container's CLI.</summary>
    public ProcessLaunch Launch { get; set; } = launch;

    /// <summary>An earlier Plimsoll started it: it is not our child, and neither are those it leaves behind.</summary>
    public bool IsAdopted { get; init; }

    /// <summary>Ended by us because we leave: how it ended says nothing. Set by whoever releases the executor.</summary>
    public bool Abandoned { get; set; }

    /// <summary>Nobody is left in the session of an adopted one, so its number may name another. Written by whoever looks for strays.</summary>
    public bool SessionOver { get; set; }

    /// <summary>Processor time of its processes at the last sample; written by the probe.</summary>
    public TimeSpan Cpu
    {
        get => new(Interlocked.Read(ref cpuTicks));
        set => Interlocked.Exchange(ref cpuTicks, value.Ticks);
    }

    public bool IsContainer => Launch.Isolation == IsolationKind.Container;

    /// <summary>Resident memory of the tree at the last sample; written by the probe, read by anyone.</summary>
    public Bytes Resident
    {
        get => new(Interlocked.Read(ref residentBytes));
        set => Interlocked.Exchange(ref residentBytes, value.Value);
    }

    public AttemptId Id => Launch.Attempt;

    /// <summary>Value of <c>PLIMSOLL_ATTEMPT</c> in the environment of its processes.</summary>
    public string Tag { get; } = tag;

    /// <summary>Name in the event queue.</summary>
    public long Key { get; } = key;

    /// <summary>Its cgroup; null without one. Set by the spawner before the start.</summary>
    public TaskLeaf? Leaf { get; set; }

    /// <summary>Limits of its container that the kernel repeats; null until it is found, and without one. Written by the waiter.</summary>
    public TaskLimits? ReadBack
    {
        get => readBack;
        set => readBack = value;
    }

    /// <summary>What its container's engine is called; set by the spawner.</summary>
    public string? Engine { get; set; }

    /// <summary>How often the kernel's killer had struck when the waiter took over its container.</summary>
    public long HostKillsBefore { get; set; }

    /// <summary>Its container lies outside its leaf; written by the waiter.</summary>
    public bool IsElsewhere { get; set; }

    /// <summary>Why the waiter ended it before its time; null = it did not.</summary>
    public string? Refusal { get; set; }

    /// <summary>What probes keep of it.</summary>
    public AttemptReading Reading { get; } = new(launch.Attempt, launch.TellsGroupPeak);

    /// <summary>Memory limit that no kernel enforces, so that a probe must watch it.</summary>
    public Bytes? WatchedLimit => IsContainer || Leaf?.Applied.Memory is not null ? null : Launch.Limits.Memory;

    /// <summary>A probe saw it above <see cref="WatchedLimit"/>; the waiter ends it.</summary>
    public bool OverLimit
    {
        get => overLimit;
        set => overLimit = value;
    }

    /// <summary>Timestamp of its start; set before the hand-over.</summary>
    public long StartedAt { get; set; }

    /// <summary>For one without a leaf: written by whoever guards the node, carried out by the waiter.</summary>
    public FreezeRequest Freeze
    {
        get => freeze;
        set => freeze = value;
    }

    public bool IsFrozen => Leaf?.IsFrozen ?? freeze == FreezeRequest.Stop;

    /// <summary>An earlier Plimsoll had stopped it by signals; set before the hand-over.</summary>
    public bool WasStopped { get; set; }

    /// <summary>Set by the waiter while it is, or was, stopped by signals.</summary>
    public TreeStop? Stopping { get; set; }

    /// <summary>The command, or its supervisor; leader of the session and the process group. 0 = nobody knows, of an adopted one.</summary>
    public int Pid { get; set; }

    public int PidDescriptor { get; set; } = -1;

    /// <summary>When the leader began; to be asked for while it is not waited for.</summary>
    public long StartTicks
    {
        get
        {
            if (startTicks == 0 && ProcStat.TryRead(Pid, out ProcStat stat))
                startTicks = stat.StartTicks;

            return startTicks;
        }

        init => startTicks = value;
    }

    /// <summary>The leader is a zombie: its number cannot be taken by another process until it is waited for. Or, of an adopted one, it is gone.</summary>
    public bool LeaderEnded { get; set; }

    /// <summary>The waiter has been told of it; written by the spawner, read by callers that kill.</summary>
    public bool HandedOver
    {
        get => handedOver;
        set => handedOver = value;
    }

    /// <summary>Its end has been reported.</summary>
    public bool Reported { get; set; }

    /// <summary>Set while the tree is being ended.</summary>
    public TreeEnding? Ending { get; set; }

    /// <summary>What was asked last; written by any caller, read by spawner and waiter.</summary>
    public KillRequest? Kill
    {
        get => kill;
        set => kill = value;
    }

    /// <summary>Largest sum over its process tree that a probe saw; written by the probe.</summary>
    public Bytes PeakResident
    {
        get => new(Interlocked.Read(ref peakResidentBytes));
        set => Interlocked.Exchange(ref peakResidentBytes, value.Value);
    }
}
