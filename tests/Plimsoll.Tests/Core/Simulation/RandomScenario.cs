using Plimsoll.Core.Admission;
using Plimsoll.Core.Capacity;
using Plimsoll.Core.Identity;
using Plimsoll.Core.Inputs;
using Plimsoll.Core.Lifecycle;
using Plimsoll.Core.Limits;
using Plimsoll.Core.Providers;
using Plimsoll.Core.Units;
using static Plimsoll.Tests.Core.Simulation.BlockBuilder;

namespace Plimsoll.Tests.Core.Simulation;

/// <summary>A random fleet: graphs, shapes, policies, endings and requests, all from one seed.</summary>
internal sealed class RandomScenario
{
    private readonly Random random;
    private readonly bool sampled;
    private bool breakers;

    public RandomScenario(int seed)
    {
        random = new Random(seed);
        sampled = random.Next(3) == 0;
        ConcurrencyPolicy policy = sampled
            ? new AutoConcurrency(random.Next(2) == 0 ? null : random.Next(1, 6), null, TimeSpan.FromSeconds(3))
            : new FixedConcurrency(random.Next(1, 9), false, null, TimeSpan.FromSeconds(3));
        Fleet = new VirtualFleet(policy, sampled ? null : 20, random.Next(2) == 0 ? 4 : null, ("gpu", 3)) { ReportsStarts = random.Next(2) == 0 };
        Fleet.Limits = Fleet.Limits with
        {
            Services = Fleet.Limits.Services
                .Add("api", new LimitPolicy(new Rate(random.Next(1, 4), TimeSpan.FromSeconds(1)), random.Next(2, 5)))
                .Add("window", new LimitPolicy(new Rate(random.Next(2, 5), TimeSpan.FromSeconds(random.Next(1, 5))), null)),
        };
        Fleet.Send(new SetLimits(Fleet.Limits));
        Fleet.Behaviour = (_, _) => Attempt();
        Fleet.Condition = _ => random.Next(3) > 0;
    }

    public VirtualFleet Fleet { get; }

    /// <summary>Submits everything and posts what will be asked in the course of time.</summary>
    /// <param name="disturb">With requests, readings and breakers that change what is first in line.</param>
    public void Begin(bool disturb)
    {
        breakers = disturb;
        if (sampled)
        {
            Fleet.Send(Sample());
        }

        Fleet.Send(Feeds());

        for (int run = random.Next(1, 3); run > 0; run--)
        {
            RunId id = Fleet.Submit(Block(random.Next(0, 25)), seal: false);
            Fleet.Send(new AddTasks(id, Block(random.Next(0, 8)).Build(), Document), new SealRun(id));
        }

        for (int i = disturb ? random.Next(0, 15) : 0; i > 0; i--)
        {
            Fleet.Post(TimeSpan.FromSeconds(random.Next(0, 30)), Disturbance());
        }

        // Whatever was paused or taken away comes back, so that everything can end.
        Fleet.Post(TimeSpan.FromSeconds(100), new SetIntake(false, ""));
        Fleet.Post(TimeSpan.FromSeconds(100), new SetLimits(Fleet.Limits));
        Fleet.Post(TimeSpan.FromSeconds(100), new QuotaSampled([new QuotaFeed("model", null, 0, 0, "requests")]));
        if (sampled)
        {
            Fleet.Post(TimeSpan.FromSeconds(100), new SampleTaken(NodeId.Local, NodeSample.Of(new MemorySample(new Bytes(20L << 30), new Bytes(20L << 30), default))));
        }
    }

    private BlockBuilder Block(int count)
    {
        var block = new BlockBuilder();
        for (int i = 0; i < count; i++)
        {
            int first = Math.Max(0, i - 6);
            string[] needs = [.. Enumerable.Range(first, i - first).Where(_ => random.Next(5) == 0).Select(need => (random.Next(3) == 0 ? "~t" : "t") + need)];
            block.Task($"t{i}", RandomShape(), needs, random.Next(3), random.Next(1, 9), Policy(), random.Next(6) == 0);
        }

        return block;
    }

    private TaskShape RandomShape()
    {
        LockClaim[] locks = [.. new[] { One("db"), One("net"), Units("gpu", random.Next(1, 4)), Drawn("api", random.Next(1, 3)), Drawn("window", random.Next(1, 3)), Fed("model") }.Where(_ => random.Next(4) == 0)];
        long unit = sampled ? 1L << 30 : 1;
        long? memory = random.Next(3) == 0 ? null : random.Next(0, 19) * unit;
        return Shape($"class{random.Next(4)}", sampled ? memory ?? unit : memory, random.Next(4), random.Next(15) == 0, locks);

        LockClaim One(string name) => random.Next(2) == 0 ? Exclusive(name) : Shared(name);
    }

    private TaskPolicy Policy() => Retrying(
        random.Next(0, 4),
        TimeSpan.FromSeconds(random.Next(5, 20)),
        breakers && random.Next(4) == 0 ? new BreakerPolicy(2, TimeSpan.FromSeconds(20), TimeSpan.FromSeconds(5)) : null);

    private SimulatedAttempt Attempt()
    {
        double seconds = random.NextDouble() * 8;
        return random.Next(12) switch
        {
            0 => SimulatedAttempt.Hangs(),
            1 or 2 => SimulatedAttempt.Exits(seconds, 1),
            3 => new SimulatedAttempt(TimeSpan.FromSeconds(seconds), ExitReport.Lost, ExitReport.Success),
            4 => new SimulatedAttempt(TimeSpan.Zero, ExitReport.NotStarted("no such file"), null),
            5 => new SimulatedAttempt(TimeSpan.FromSeconds(seconds), SimulatedAttempt.Terminated with { Signal = 9 }, null),
            6 => new SimulatedAttempt(TimeSpan.FromSeconds(seconds), ExitReport.Success with { PeakResident = new Bytes(3L << 30) }, null),
            _ => SimulatedAttempt.Succeeds(seconds),
        };
    }

    private Input Disturbance()
    {
        var task = new TaskId(new RunId(random.Next(1, 3)), random.Next(0, 30));
        return random.Next(10) switch
        {
            0 => new CancelTask(task, "disturbed"),
            1 or 2 => new RetryTask(task),
            3 => new SetPriority(task, random.Next(5)),
            4 => new SetIntake(random.Next(2) == 0, "disturbed"),
            5 => new InterruptAttempts(null, "disturbed"),
            6 => new SetLimits(Fleet.Limits with { Node = new NodeCapacity(sampled ? null : new Bytes(random.Next(5, 30)), random.Next(1, 9)) }),
            8 => Feeds(),
            7 when random.Next(4) == 0 => new CancelRun(task.Run, "disturbed"),
            _ => sampled ? Sample() : new AttemptEnded(new AttemptId(task, 1, random.Next(100)), ExitReport.Success),
        };
    }

    private QuotaSampled Feeds() => new([new QuotaFeed("model", random.Next(3) == 0 ? null : random.Next(0, 4), random.NextDouble(), random.NextDouble(), "requests")]);

    private SampleTaken Sample()
    {
        int free = random.Next(0, 21), tasks = random.Next(0, 21 - free);
        return new SampleTaken(NodeId.Local, NodeSample.Of(new MemorySample(new Bytes(20L << 30), new Bytes((long)free << 30), new Bytes((long)tasks << 30))));
    }
}
