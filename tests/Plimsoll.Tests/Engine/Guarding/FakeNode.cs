using System.Collections.Concurrent;
using Plimsoll.Core.Capacity;
using Plimsoll.Core.Identity;
using Plimsoll.Core.Inputs;
using Plimsoll.Core.Ports;
using Plimsoll.Core.Units;
using Plimsoll.Engine.Guarding;
using Xunit;

namespace Plimsoll.Tests.Engine.Guarding;

/// <summary>A node whose readings are set by hand; records what is done to it and what the kernel would hear.</summary>
internal sealed class FakeNode : INodeProbe, IPressureControl, IInputSink
{
    private readonly Lock gate = new();
    private TaskSample[] tasks = [];
    private MemorySample memory = new(Mib(2048), Mib(2000), default);
    private int reads;
    private int awaited;
    private TaskCompletionSource? waiting;

    public BlockingCollection<string> Done { get; } = [];

    public ConcurrentQueue<Input> Inputs { get; } = new();

    public MemorySample Memory { get; private set; }

    public ReadOnlySpan<TaskSample> Tasks => tasks;

    public PressureSample? Pressure => null;

    public SwapSample Swap => default;

    public CpuSample? Cpu => null;

    public bool MappedIsUsed => false;

    public static Bytes Mib(double count) => Bytes.FromMebibytes(count);

    public static AttemptId Attempt(int ordinal) => new(new TaskId(new RunId(1), ordinal), 1, 100 + ordinal);

    public static TaskSample Task(int ordinal, double mebibytes) => new(Attempt(ordinal), Mib(mebibytes), default, 0, default, false);

    /// <summary>What the next reading says.</summary>
    public void Set(double freeMebibytes, params TaskSample[] live)
    {
        lock (gate)
        {
            memory = new MemorySample(Mib(2048), Mib(freeMebibytes), new Bytes(live.Sum(task => task.Resident.Value)));
            tasks = live;
        }
    }

    /// <summary>Ends after this many further readings.</summary>
    public Task ReadingsAsync(int further)
    {
        lock (gate)
        {
            awaited = reads + further;
            waiting = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return waiting.Task.WaitAsync(TimeSpan.FromSeconds(30));
        }
    }

    public void Read()
    {
        lock (gate)
        {
            Memory = memory;
            if (++reads == awaited)
            {
                waiting!.SetResult();
            }
        }
    }

    public void Freeze(AttemptId attempt) => Done.Add($"freeze {attempt.Task.Ordinal}");

    public void Hold(bool held) => Done.Add(held ? "hold" : "release");

    public void Thaw(AttemptId attempt) => Done.Add($"thaw {attempt.Task.Ordinal}");

    public void Reclaim(AttemptId attempt, Bytes amount) => Done.Add($"reclaim {attempt.Task.Ordinal}");

    public void Evict(AttemptId attempt)
    {
        Assert.Contains(Inputs, input => input is GuardActed acted && acted.Actions.Any(action => action.Attempt == attempt));
        Done.Add($"evict {attempt.Task.Ordinal}");
    }

    public void LimitAll(Bytes limit, Bytes slack) => LastLimit = (limit, slack);

    public (Bytes Limit, Bytes Slack) LastLimit { get; private set; }

    public void Post(Input input) => Inputs.Enqueue(input);
}
