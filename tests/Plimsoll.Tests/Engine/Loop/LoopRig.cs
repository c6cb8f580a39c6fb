using Plimsoll.Core;
using Plimsoll.Core.Capacity;
using Plimsoll.Core.Facts;
using Plimsoll.Core.Identity;
using Plimsoll.Core.Inputs;
using Plimsoll.Core.Lifecycle;
using Plimsoll.Core.Ports;
using Plimsoll.Engine.Diagnostics;
using Plimsoll.Engine.Loop;
using Plimsoll.Tests.Core.Simulation;

namespace Plimsoll.Tests.Engine.Loop;

/// <summary>The real loop and kernel on a thread of their own, with a journal and an executor that the test controls.</summary>
internal sealed class LoopRig : IFactObserver, IConditionEvaluator, IDisposable
{
    private readonly CancellationTokenSource stop = new();
    private readonly TaskCompletionSource ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly OwnedThread thread;
    private readonly LoopCalls calls;
    private bool finished;

    public LoopRig(TimeProvider? time = null)
    {
        calls = new LoopCalls(Inputs);
        var kernel = new Kernel(new KernelStart(1, Journal.Epoch, Journal.LastRun));
        var clock = new KernelClock(time ?? TimeProvider.System, DateTimeOffset.MinValue);
        var ports = new LoopPorts(Journal, Executor, this, [this], Troubles.Add, calls);
        var loop = new SchedulerLoop(kernel, ports, Inputs, clock, _ => finished);
        thread = new OwnedThread(
            nameof(LoopRig),
            "loop",
            () =>
            {
                loop.Run(stop.Token);
                ended.TrySetResult();
            },
            error => ended.TrySetException(error));
    }

    public static RunId Run { get; } = new(1);

    public GatedJournal Journal { get; } = new();

    public RecordingExecutor Executor { get; } = new();

    public InputQueue Inputs { get; } = new();

    public List<string?> Troubles { get; } = [];

    public Task Ended => ended.Task.WaitAsync(TimeSpan.FromSeconds(30));

    /// <summary>Submits one task named <c>a</c> and begins.</summary>
    public void Begin(TaskPolicy? policy = null)
    {
        KernelLimits limits = KernelLimits.Default with { Concurrency = new Plimsoll.Core.Admission.FixedConcurrency(4, false, null, default) };
        Inputs.Post(new SetLimits(limits));
        Inputs.Post(new OpenRun(1, "test", "{}"));
        Inputs.Post(new AddTasks(Run, new BlockBuilder().Task("a", policy: policy).Build(), BlockBuilder.Document));
        Inputs.Post(new SealRun(Run));
        thread.Start();
    }

    /// <summary>Ends when the loop has decided about everything that was due and posted before, twice: also about what followed from it.</summary>
    public async Task TurnAsync()
    {
        for (int i = 0; i < 2; i++)
        {
            await calls.AskAsync(static (_, _) => true).WaitAsync(TimeSpan.FromSeconds(30));
        }
    }

    public void Observe(IReadOnlyList<Fact> facts) => finished |= facts.Any(fact => fact is RunFinished);

    public ConditionEvaluated Evaluate(TaskId task) => new(task, true, null);

    public void Dispose()
    {
        stop.Cancel();
        thread.Dispose();
        Inputs.Dispose();
        stop.Dispose();
    }
}
