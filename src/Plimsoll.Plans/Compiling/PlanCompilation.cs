using System.Collections.Immutable;
using Plimsoll.Core.Capacity;
using Plimsoll.Core.Graphs;
using Plimsoll.Core.Lifecycle;
using Plimsoll.Core.Limits;
using Plimsoll.Core.Units;
using Plimsoll.Plans.Agents;
using Plimsoll.Plans.Configuration;
using Plimsoll.Plans.Diagnostics;
using Plimsoll.Plans.Gateways;
using Plimsoll.Plans.Reading;
using Plimsoll.Plans.Tasks;

namespace Plimsoll.Plans.Compiling;

/// <summary>The steps from a tree of values to a compiled plan; each goes on after errors as far as it can, so that all are told at once.</summary>
internal sealed class PlanCompilation(PlimsollConfiguration configuration, DiagnosticBag diagnostics)
{
    // A task of unknown length counts as a second: ranks then follow the number of dependants behind it.
    private const float UnknownSeconds = 1;

    // A model call has no process: its prompt and its answer.
    private static readonly Bytes CallMemory = new(4L << 20);

    public CompiledPlan? Compile(Node root, PlanSource source)
    {
        Scalars scalars = new(diagnostics);
        PlanDraft plan = new PlanReader(scalars, configuration).Read(root, source);
        ReferenceCheck references = new(plan, diagnostics);
        plan.Tasks.ForEach(references.Check);
        ImmutableDictionary<string, int> lockUnits = configuration.LockUnits.SetItems(plan.LockUnits);
        ImmutableDictionary<string, LimitPolicy> limits = configuration.Limits.SetItems(plan.Limits);
        GatewayRule gateway = new(configuration, scalars);
        plan.Tasks.ForEach(draft => draft.Gateway = draft.Settings.WorkRefused ? null : gateway.Of(draft.Settings));
        CapacityCheck capacity = new(configuration, lockUnits, limits, diagnostics);
        plan.Tasks.ForEach(draft => capacity.Check(draft.Settings));
        plan.Tasks.ForEach(draft => IsolationCheck.Check(draft.Settings, diagnostics));

        MatrixExpansion expansion = new(plan, diagnostics);
        if (!expansion.TryExpand()
            || new NeedResolution(plan, expansion, diagnostics).Resolve() is not { } edges
            || new CycleReport(plan, expansion, diagnostics).Resolve(edges) is not { } acyclic
            || diagnostics.HasErrors)
        {
            return null;
        }

        BlockAssembler assembler = new(expansion.DraftOf.Length);
        InputSizes sizes = new(diagnostics);
        plan.Tasks.ForEach(draft => Assemble(assembler, draft, sizes));
        if (diagnostics.HasErrors)
        {
            return null;
        }

        float[] rank = CriticalPath.Rank(expansion.DraftOf.Length, acyclic, assembler.Seconds);
        TaskBlock block = assembler.Build(expansion.Names, acyclic, rank);
        RunDocument document = new DocumentWriter(plan, expansion, configuration).Write();
        return new CompiledPlan(plan.Name, block, document, plan.Concurrency, lockUnits, null) { Limits = limits };
    }

    private static IEnumerable<LockClaim> Fed(TaskDraft draft) => draft.Gateway is { } use ? [use.Claim] : [];

    /// <summary>An agent with a limit of its own is a counted lock.</summary>
    private IEnumerable<LockClaim> Own(TaskSettings settings) =>
        settings.Agent is { } name && configuration.Agents.TryGetValue(name.Text, out AgentAdapter? agent) && agent.MaxConcurrent is not null ? [new LockClaim(agent.LockName, LockMode.Counted, 1)] : [];

    private void Assemble(BlockAssembler assembler, TaskDraft draft, InputSizes sizes)
    {
        TaskSettings settings = draft.Settings;
        TaskShape shape = new(
            WorkClass.Of(draft, configuration),
            [.. settings.Locks ?? [], .. settings.Limits ?? [], .. Fed(draft), .. Own(settings)],
            settings.Cpu ?? 0,
            settings.Memory ?? (settings.Llm is null ? null : CallMemory),
            settings.Exclusive ?? false);
        BreakerPolicy? breaker = settings.BreakerWritten ? settings.Breaker : settings.Agent is not null ? BreakerPolicy.Default : null;
        int policy = assembler.Policy(new TaskPolicy(settings.Retries ?? RetryPolicy.None, settings.Timeout, configuration.StopGrace, breaker));
        float seconds = (float?)(settings.Expected ?? settings.NoopDuration)?.TotalSeconds ?? UnknownSeconds;
        int index = assembler.Shape(shape with { Size = sizes.Of(draft, 0) });
        for (int task = draft.First; task < draft.First + draft.Count; task++)
        {
            if (settings.Size is not null && task > draft.First)
            {
                index = assembler.Shape(shape with { Size = sizes.Of(draft, task - draft.First) });
            }

            assembler.Set(task, index, policy, settings.Priority ?? 0, seconds, settings.When is not null);
        }
    }
}
