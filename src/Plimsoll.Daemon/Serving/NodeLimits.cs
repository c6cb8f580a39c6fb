using System.Collections.Immutable;
using Plimsoll.Core.Capacity;
using Plimsoll.Core.Facts;
using Plimsoll.Core.Inputs;
using Plimsoll.Core.Limits;
using Plimsoll.Core.Ports;
using Plimsoll.Daemon.Access;
using Plimsoll.Daemon.Hosting;
using Plimsoll.Daemon.Requests;
using Plimsoll.Daemon.Resources;
using Plimsoll.Plans;
using Plimsoll.Plans.Configuration;

namespace Plimsoll.Daemon.Serving;

/// <summary>The limits of the node, which all runs of the service share: shown, retuned, and joined by what plans declare.</summary>
/// <remarks>One change at a time, so that none is lost between reading and writing.</remarks>
internal sealed class NodeLimits(LoopHost loop, AuditTrail audit, PlimsollConfiguration configuration) : IFactObserver, IDisposable
{
    private readonly SemaphoreSlim turn = new(1, 1);

    private volatile KernelLimits? current; // written by the loop's thread

    /// <summary>As they became durable last; null before the service has begun.</summary>
    public KernelLimits? Current => current;

    public void Observe(IReadOnlyList<Fact> facts)
    {
        for (int i = 0; i < facts.Count; i++)
        {
            if (facts[i] is LimitsChanged { Run: null } changed)
            {
                current = changed.Limits;
            }
        }
    }

    public Task<KernelLimits> GetAsync() => loop.Calls.AskAsync(static (kernel, _) => kernel.Limits);

    /// <summary>Changes what the request names; ends when that is durable.</summary>
    public async Task<KernelLimits> ChangeAsync(Caller caller, WantedLimits change, CancellationToken cancellationToken)
    {
        await turn.WaitAsync(cancellationToken);
        try
        {
            KernelLimits limits = change.Of(await GetAsync());
            await audit.ApplyAsync(caller, "limits", "node", change.Detail, [new SetLimits(limits)]);
            return limits;
        }
        finally
        {
            turn.Release();
        }
    }

    /// <summary>Accepts a plan under the limits it declares: those the node does not have yet join them.</summary>
    /// <param name="accept">Gets the limits to set with the tasks; null = they stay as they are.</param>
    public async Task<Outcome<T>> JoinAsync<T>(CompiledPlan plan, Func<KernelLimits, KernelLimits?, Task<Outcome<T>>> accept, CancellationToken cancellationToken)
    {
        await turn.WaitAsync(cancellationToken);
        try
        {
            KernelLimits limits = await GetAsync();
            if (Conflict(limits, plan) is { } conflict)
            {
                return conflict;
            }

            KernelLimits joined = limits with
            {
                LockUnits = plan.LockUnits.SetItems(limits.LockUnits),
                Services = plan.Limits.SetItems(limits.Services),
            };
            bool same = joined.LockUnits.Count == limits.LockUnits.Count && joined.Services.Count == limits.Services.Count;
            return await accept(joined, same ? null : joined);
        }
        finally
        {
            turn.Release();
        }
    }

    /// <summary>What a service begins with: as configured, and what plans of unfinished runs had declared besides.</summary>
    public static KernelLimits Begin(KernelLimits configured, KernelLimits recovered) => configured with
    {
        LockUnits = recovered.LockUnits.SetItems(configured.LockUnits),
        Services = recovered.Services.SetItems(configured.Services),
    };

    public void Dispose() => turn.Dispose();

    /// <summary>A plan repeats what is configured unless it says otherwise, so only what differs from both is a conflict.</summary>
    private Refusal? Conflict(KernelLimits limits, CompiledPlan plan)
    {
        foreach ((string name, int units) in plan.LockUnits)
        {
            if (limits.LockUnits.TryGetValue(name, out int have) && have != units && configuration.LockUnits.GetValueOrDefault(name) != units)
            {
                return new Refusal(ExitCode.Invalid, $"the plan gives lock {name} {units} units, and it has {have} on this node", $"Write {name}: {have}, leave it out, or change the node's limits first.");
            }
        }

        foreach ((string name, LimitPolicy policy) in plan.Limits)
        {
            if (limits.Services.TryGetValue(name, out LimitPolicy? have) && have != policy && configuration.Limits.GetValueOrDefault(name) != policy)
            {
                return new Refusal(ExitCode.Invalid, $"the plan declares limit {name} as {policy}, and it is {have} on this node", "Leave it out of the plan, or declare it alike.");
            }
        }

        return null;
    }
}
