using System.Collections.Immutable;
using Plimsoll.Core;
using Plimsoll.Core.Capacity;
using Plimsoll.Core.Guarding;
using Plimsoll.Core.Identity;
using Plimsoll.Core.Units;

namespace Plimsoll.Tests.Core.Guarding;

/// <summary>A node of 10,240 MiB with a reserve of 400, its attempts named by number; everything in MiB.</summary>
internal sealed class GuardHarness
{
    public const double Limit = 10_240;
    public const double Reserve = 400;

    private readonly Dictionary<int, double> held = [];
    private readonly Dictionary<int, GuardTask> known = [];
    private readonly HashSet<int> frozen = [];

    public NodeGuard Guard { get; } = new();

    public DateTimeOffset Now { get; private set; } = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public bool Protect { get; set; } = true;

    public PressureSample? Pressure { get; set; }

    /// <summary>What others use; free memory is what is left.</summary>
    public double Foreign { get; set; }

    public double Free => Limit - Foreign - held.Values.Sum();

    public GuardHarness Known(int number, double settled, double burst, int priority = 0, double elapsedSeconds = 0, long? tokens = null)
    {
        known[number] = new GuardTask(Id(number), Mebi(settled), Mebi(burst), true, priority, Now - TimeSpan.FromSeconds(elapsedSeconds), tokens, null, false);
        return this;
    }

    public GuardHarness Unknown(int number, double elapsedSeconds = 0)
    {
        known[number] = new GuardTask(Id(number), Mebi(512), Mebi(1024), false, 0, Now - TimeSpan.FromSeconds(elapsedSeconds), null, null, false);
        return this;
    }

    public GuardHarness Holds(int number, double mebibytes)
    {
        held[number] = mebibytes;
        return this;
    }

    /// <summary>A guard before this one has stopped it.</summary>
    public GuardHarness Frozen(int number)
    {
        frozen.Add(number);
        return this;
    }

    public GuardHarness Gone(int number)
    {
        held.Remove(number);
        known.Remove(number);
        frozen.Remove(number);
        return this;
    }

    /// <summary>One reading; the steps as words, <c>freeze 2</c>. What is evicted is gone by the next.</summary>
    public string[] Read(double afterSeconds = 0.25)
    {
        Now += TimeSpan.FromSeconds(afterSeconds);
        TaskSample[] samples = [.. held.Select(pair => new TaskSample(Id(pair.Key), Mebi(pair.Value), default, 0, default, frozen.Contains(pair.Key)))];
        var view = new GuardView(known.Values.OrderBy(task => task.Attempt.Fence).ToImmutableArray(), Mebi(Reserve), Protect);
        var memory = new MemorySample(Mebi(Limit), Mebi(Math.Max(0, Free)), Mebi(held.Values.Sum()));
        List<string> steps = [];
        foreach (GuardAction action in Guard.Apply(new GuardSample(Now, memory, samples, Pressure), view))
        {
            int number = (int)action.Attempt.Fence;
            steps.Add(action.Attempt == default ? Word(action.Kind) : $"{Word(action.Kind)} {number}");
            _ = action.Kind switch
            {
                GuardActionKind.Freeze => frozen.Add(number),
                GuardActionKind.Thaw => frozen.Remove(number),
                _ => false,
            };
        }

        return [.. steps.Where(step => !step.StartsWith("reclaim", StringComparison.Ordinal))];
    }

    private static string Word(GuardActionKind kind) => kind.ToString().ToLowerInvariant();

    private static AttemptId Id(int number) => new(new TaskId(number), 1, number);

    private static Bytes Mebi(double mebibytes) => Bytes.FromMebibytes(mebibytes);
}
