using System.Collections.Immutable;
using Plimsoll.Core;
using Plimsoll.Core.Capacity;
using Plimsoll.Core.Guarding;
using Plimsoll.Core.Identity;
using Plimsoll.Core.Inputs;
using Plimsoll.Core.Ports;
using Plimsoll.Core.Units;
using Plimsoll.Engine.Diagnostics;
using Plimsoll.Engine.Loop;
using Plimsoll.Engine.Probes;

namespace Plimsoll.Engine.Guarding;

/// <summary>Watches a node on a thread of its own: reads it, climbs the pressure ladder at once, and tells the kernel afterwards.</summary>
/// <remarks>
/// It never waits for the journal or the loop. It reads four times a second, and twenty times while memory is short: a task that grows by 1 GB/s
/// passes the whole ladder of a small host between two slow readings.
/// </remarks>
public sealed class NodeWatch : IDisposable
{
    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan ShortPeriod = TimeSpan.FromMilliseconds(50);

    /// <summary>Reserves of free memory below which readings are taken quickly.</summary>
    private const int ShortBelow = 4;

    /// <summary>The limit of all tasks together leaves this part of the reserve to the host.</summary>
    private const int BackstopShare = 8;

    private readonly INodeProbe probe;
    private readonly IPressureControl control;
    private readonly IInputSink inputs;
    private readonly KernelClock clock;
    private readonly NodeGuard guard = new();
    private readonly PressureAlarm alarm;
    private readonly OwnedThread thread;
    private volatile GuardView view = GuardView.Empty; // written by the loop
    private volatile NodeSample? latest; // written by the watch
    private volatile bool stopping;
    private DateTimeOffset told = DateTimeOffset.MinValue;
    private long peakBytes;

    /// <param name="alarm">Cuts the pause between two readings short; disposed with the watch.</param>
    public NodeWatch(INodeProbe probe, IPressureControl control, NodeWatchOutlets outlets, PressureAlarm alarm)
    {
        this.probe = probe;
        this.control = control;
        this.alarm = alarm;
        inputs = outlets.Inputs;
        clock = outlets.Clock;
        thread = new OwnedThread(nameof(NodeWatch), "guard", Run, outlets.Failed);

        // The first decision needs a reading.
        Look();
        thread.Start();
    }

    /// <summary>The last reading that the kernel was told of; null when nothing can be read.</summary>
    public NodeSample? Latest => latest;

    /// <summary>Largest resident memory of all tasks together.</summary>
    public Bytes Peak => new(Interlocked.Read(ref peakBytes));

    /// <summary>Takes what the kernel published; any thread.</summary>
    public void Update(GuardView published) => view = published;

    /// <summary>Asks for a reading now.</summary>
    public void Wake() => alarm.Wake();

    public void Dispose()
    {
        stopping = true;
        alarm.Wake();
        thread.Dispose();
        alarm.Dispose();
    }

    private void Run()
    {
        while (!stopping)
        {
            TimeSpan pause = Look();
            alarm.Wait(pause);
        }
    }

    /// <returns>Time until the next reading.</returns>
    private TimeSpan Look()
    {
        probe.Read();
        DateTimeOffset now = clock.Now;
        MemorySample memory = probe.Memory;
        ReadOnlySpan<TaskSample> samples = probe.Tasks;
        Interlocked.Exchange(ref peakBytes, Math.Max(peakBytes, memory.Tasks.Value));
        GuardView known = view;
        if (memory.Limit <= Bytes.Zero)
        {
            return Period;
        }

        ReadOnlySpan<GuardAction> actions = guard.Apply(new GuardSample(now, memory, samples, probe.Pressure), known);
        if (actions.Length > 0)
        {
            // First in the queue, which waits for nobody, so that the end of an evicted attempt cannot overtake the reason.
            inputs.Post(new GuardActed(NodeId.Local, ImmutableArray.Create(actions)));
            foreach (ref readonly GuardAction action in actions)
            {
                Perform(action);
            }
        }

        Bytes reserve = known.ReserveOf(memory.Limit);
        if (actions.Length > 0 || now - told >= Period)
        {
            told = now;
            Tell(samples, memory, reserve);
        }

        return samples.Length > 0 && memory.Free.Value < ShortBelow * reserve.Value ? ShortPeriod : Period;
    }

    private void Tell(ReadOnlySpan<TaskSample> samples, MemorySample memory, Bytes reserve)
    {
        var sample = new NodeSample(memory, ImmutableArray.Create(samples), probe.Pressure, probe.Swap) { Cpu = probe.Cpu, MappedIsUsed = probe.MappedIsUsed };
        latest = sample;
        inputs.Post(new SampleTaken(NodeId.Local, sample));
        long foreign = Math.Max(0, (memory.Limit - memory.Free - memory.Tasks).Value);
        var slack = new Bytes(reserve.Value / BackstopShare);
        control.LimitAll(new Bytes(memory.Limit.Value - foreign) - slack, slack);
    }

    private void Perform(in GuardAction action)
    {
        switch (action.Kind)
        {
            case GuardActionKind.Freeze:
                control.Freeze(action.Attempt);
                break;
            case GuardActionKind.Thaw:
                control.Thaw(action.Attempt);
                break;
            case GuardActionKind.Reclaim:
                control.Reclaim(action.Attempt, action.Reserve);
                break;
            case GuardActionKind.Evict:
                control.Evict(action.Attempt);
                break;
            case GuardActionKind.Hold:
                control.Hold(true);
                break;
            case GuardActionKind.Release:
                control.Hold(false);
                break;
            default:
                // The gate is kept by the kernel.
                break;
        }
    }
}
