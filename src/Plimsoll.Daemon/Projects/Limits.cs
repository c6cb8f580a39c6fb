using System.Collections.Immutable;
using Plimsoll.Client.Runs;
using Plimsoll.Core;
using Plimsoll.Core.Admission;
using Plimsoll.Core.Capacity;
using Plimsoll.Core.Graphs;
using Plimsoll.Core.Identity;
using Plimsoll.Core.Limits;
using Plimsoll.Core.Units;
using Plimsoll.Daemon.Requests;
using Plimsoll.Plans;
using Plimsoll.Plans.Configuration;

namespace Plimsoll.Daemon.Projects;

/// <summary>The limits a run begins with: flag before plan before configuration before default.</summary>
internal static class Limits
{
    public static KernelLimits For(PlimsollConfiguration configuration, CompiledPlan? plan, TaskLimit? requested)
    {
        ConcurrencyPolicy policy = Requested(requested) ?? configuration.ConcurrencyFor(plan?.Concurrency);
        NodeCapacity node = plan?.Capacity
            ?? new NodeCapacity(configuration.HostMemory, configuration.HostCores ?? Environment.ProcessorCount);
        return new KernelLimits(policy, node, configuration.MemoryReserve, plan?.LockUnits ?? configuration.LockUnits)
        {
            Services = plan?.Limits ?? configuration.Limits,
        };
    }

    /// <summary>A resumed run keeps its limits unless a flag says otherwise.</summary>
    public static KernelLimits Resumed(PlimsollConfiguration configuration, KernelLimits? recorded, TaskLimit? requested)
    {
        KernelLimits limits = recorded ?? For(configuration, null, requested);
        return Requested(requested) is { } policy ? limits with { Concurrency = policy } : limits;
    }

    /// <summary>Limits with what a request changes.</summary>
    public static KernelLimits Changed(KernelLimits limits, LimitsRequest change) => limits with
    {
        Concurrency = Requested(change.MaxConcurrent) ?? limits.Concurrency,
        Reserve = change.MemoryReserveBytes is { } bytes ? new Bytes(bytes) : limits.Reserve,
        LockUnits = limits.LockUnits.SetItems(change.Locks),
    };

    public static LimitsView View(KernelLimits limits, RunId run, bool live) => new(
        run.Value,
        live,
        limits.Concurrency switch
        {
            FixedConcurrency => "fixed",
            TiersConcurrency => "tiers",
            FormulaConcurrency => "formula",
            ReserveConcurrency => "reserve",
            _ => "auto",
        },
        limits.Concurrency.Maximum,
        limits.Reserve?.Value,
        limits.Node.Memory?.Value,
        limits.Node.Cores,
        new SortedDictionary<string, int>(limits.LockUnits, StringComparer.Ordinal),
        limits.Services.IsEmpty ? null : [.. limits.Services.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(View)]);

    private static ServiceLimitView View(KeyValuePair<string, LimitPolicy> service) =>
        new(service.Key, service.Value.Rate.Amount, service.Value.Rate.Per.TotalSeconds, service.Value.Burst);

    public static ConcurrencyPolicy? Requested(TaskLimit? requested) => requested switch
    {
        null => null,
        { Count: null } => ConcurrencyPolicy.Default,
        { Count: { } count } => new FixedConcurrency(count, Protect: true, null, TimeSpan.FromSeconds(3)),
    };

    /// <summary>Refuses a plan with a task that could never start on this machine, naming it and what is missing.</summary>
    public static Refusal? NeverFitting(TaskBlock block, KernelLimits limits, MemorySample? sample)
    {
        ImmutableArray<TaskShape> shapes = block.Shapes;
        for (int i = 0; i < shapes.Length; i++)
        {
            if (Kernel.NeverFits(shapes[i], limits, sample) is { } reason)
            {
                int task = Array.IndexOf(block.ShapeOf, i);
                return new Refusal(
                    ExitCode.Invalid,
                    $"task {block.Names[task]} can never start here: {reason.Message} (needs {reason.Needed}, there is {reason.Available})",
                    reason.ReleasedBy);
            }
        }

        return null;
    }
}
