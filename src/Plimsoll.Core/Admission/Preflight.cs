using Plimsoll.Core.Capacity;
using Plimsoll.Core.Graphs;
using Plimsoll.Core.Units;

namespace Plimsoll.Core.Admission;

/// <summary>How many tasks at once the memory of a node carries, judged before anything starts.</summary>
/// <param name="Total">Memory of the node; the fixed capacity where one is declared.</param>
/// <param name="Reserve">What is kept for the host.</param>
/// <param name="PerTask">What the typical (median) task is expected to need.</param>
/// <param name="Carries">Tasks at once that follow, at least 1.</param>
/// <param name="Requested">Tasks at once that were asked for; null = as many as fit.</param>
public sealed record Preflight(Bytes Total, Bytes Reserve, Bytes PerTask, EstimateOrigin Origin, int Carries, int? Requested)
{
    /// <summary>True when more was asked for than the node carries, as far as that is known: a guess accuses nobody.</summary>
    public bool IsExcessive => Requested > Carries && Origin != EstimateOrigin.Guessed;

    /// <summary>Judges a plan; null when nothing is known of the node's memory.</summary>
    /// <param name="block">The tasks; null = not known yet.</param>
    /// <param name="learned">What an attempt of a class is known to need; null for an unknown class.</param>
    public static Preflight? Judge(KernelLimits limits, MemorySample? sample, TaskBlock? block, Func<string, Bytes?> learned)
    {
        if ((limits.Node.Memory ?? sample?.Limit) is not { } total)
        {
            return null;
        }

        (Bytes perTask, EstimateOrigin origin) = Typical(block, learned);
        Bytes reserve = limits.Node.Memory is null ? limits.ReserveOf(total) : Bytes.Zero;
        switch (limits.Concurrency)
        {
            case ReserveConcurrency rule:
                if (origin is EstimateOrigin.Guessed)
                {
                    (perTask, origin) = (rule.PerTask, EstimateOrigin.Configured);
                }

                Bytes kept = rule.Reserve ?? ConcurrencyRule.DefaultReserve(total);
                return new Preflight(total, kept, perTask, origin, ConcurrencyRule.Reserve(total, rule with { PerTask = perTask }), rule.Requested);
            case FormulaConcurrency rule:
                return new Preflight(
                    total, reserve, rule.PerTask, EstimateOrigin.Configured, ConcurrencyRule.Formula(total - reserve, rule.PerTask, rule.Max), null);
            default:
                long fit = (total - reserve).Value / Math.Max(1, perTask.Value);
                int? requested = limits.Concurrency is FixedConcurrency { Protect: false } ? null : limits.Concurrency.Maximum;
                return new Preflight(total, reserve, perTask, origin, (int)Math.Clamp(fit, 1, int.MaxValue), requested);
        }
    }

    /// <summary>The same limits, asking for no more than the node carries.</summary>
    public KernelLimits Reduce(KernelLimits limits) => limits with
    {
        Concurrency = limits.Concurrency switch
        {
            _ when !IsExcessive => limits.Concurrency,
            FixedConcurrency rule => rule with { Count = Carries },
            ReserveConcurrency rule => rule with { Requested = Carries },
            TiersConcurrency rule => rule with { Maximum = Carries },
            AutoConcurrency rule => rule with { Maximum = Carries },
            ConcurrencyPolicy rule => rule,
        },
    };

    private static (Bytes PerTask, EstimateOrigin Origin) Typical(TaskBlock? block, Func<string, Bytes?> learned)
    {
        List<(long Need, EstimateOrigin Origin, int Tasks)> known = [];
        int[] tasks = new int[block?.Shapes.Length ?? 0];
        foreach (int shape in block?.ShapeOf ?? [])
        {
            tasks[shape]++;
        }

        for (int i = 0; i < tasks.Length; i++)
        {
            TaskShape shape = block!.Shapes[i];
            if (shape.Memory is { } declared)
            {
                known.Add((declared.Value, EstimateOrigin.Declared, tasks[i]));
            }
            else if (learned(shape.Class) is { } seen)
            {
                known.Add((seen.Value, EstimateOrigin.Learned, tasks[i]));
            }
            else
            {
                known.Add((MemoryRule.Prior, EstimateOrigin.Guessed, tasks[i]));
            }
        }

        known.Sort(static (left, right) => left.Need.CompareTo(right.Need));
        long half = (block?.Count ?? 0) / 2;
        foreach ((long need, EstimateOrigin origin, int count) in known)
        {
            half -= count;
            if (half < 0)
            {
                return (new Bytes(need), origin);
            }
        }

        return (new Bytes(MemoryRule.Prior), EstimateOrigin.Guessed);
    }
}
