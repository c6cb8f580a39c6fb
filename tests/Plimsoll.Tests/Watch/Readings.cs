using Plimsoll.Core.Capacity;
using Plimsoll.Core.Identity;
using Plimsoll.Core.Lifecycle;
using Plimsoll.Core.Units;
using Plimsoll.Watch.Samples;

namespace Plimsoll.Tests.Watch;

/// <summary>Samples of a machine that is well, to be changed with <c>with</c>.</summary>
internal static class Readings
{
    public static DateTimeOffset Start { get; } = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static NodeReading Node { get; } = new(NodeId.Local, "here", new MemorySample(Gibibytes(16), Gibibytes(8), Gibibytes(6)))
    {
        Cpu = new CpuSample(0.5, 0.05),
        Pressure = new PressureSample(0.01, 0),
        Swap = new SwapSample(Gibibytes(4), default),
        Cores = 8,
        DiskTotal = Gibibytes(100),
        DiskFree = Gibibytes(60),
    };

    public static CounterReading Counters { get; } = new(10, 10, 0, 0, 0, 0, 1000);

    public static WatchSample Well(DateTimeOffset at) => new(at)
    {
        Nodes = [Node],
        Queue = new QueueReading(3, 2, 0, 4, 0),
        Counters = Counters,
        Journal = new JournalReading(TimeSpan.FromMilliseconds(3), 2, null),
    };

    public static Bytes Gibibytes(double count) => Bytes.FromMebibytes(count * 1024);

    public static AttemptId Attempt(int ordinal, int number = 1) => new(new TaskId(new RunId(1), ordinal), number, ordinal + 1);

    public static AttemptReading Live(int ordinal, string kind, DateTimeOffset since) => new(Attempt(ordinal), $"{kind}{ordinal}", kind, since);

    public static EndedAttempt Ended(int ordinal, string kind, AttemptOutcome outcome, double seconds = 10) =>
        new(Attempt(ordinal), kind, outcome, TimeSpan.FromSeconds(seconds));
}
