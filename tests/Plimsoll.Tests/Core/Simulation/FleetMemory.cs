using Plimsoll.Core;
using Plimsoll.Core.Capacity;
using Plimsoll.Core.Facts;
using Plimsoll.Core.Footprints;
using Plimsoll.Core.Guarding;
using Plimsoll.Core.Identity;
using Plimsoll.Core.Inputs;
using Plimsoll.Core.Units;

namespace Plimsoll.Tests.Core.Simulation;

/// <summary>Says to a fleet what a node's probes and guard would say; amounts in MiB.</summary>
internal static class FleetMemory
{
    /// <summary>Makes a class known: settled, burst above that for a tenth of its life, mapped pages of an executable, start CPU.</summary>
    public static void Learned(this VirtualFleet fleet, string name, double settled, double burst = 0, double mapped = 0, double startCpuSeconds = 0)
    {
        FootprintSample sample = new(
            0, Mebi(settled), Mebi(settled + burst), 0.1, TimeSpan.FromSeconds(1), default, TimeSpan.FromSeconds(startCpuSeconds), Mebi(mapped), mapped > 0 ? 7UL : 0, TimeSpan.FromSeconds(60));
        FootprintSample[] samples = [.. Enumerable.Range(0, 20).Select(i => sample with { Fence = -1 - i })];
        var learned = new ClassLearned(fleet.Now, name, new ProfileSnapshot([.. samples], 20, 0, 0, HostProfile.FirstMargin));
        fleet.Kernel.Fold(learned);
        fleet.Facts.Add(learned);
    }

    /// <summary>A reading: what each live task holds (by name), the rest is free or used by others.</summary>
    public static Turn Reads(this VirtualFleet fleet, double limit, Func<string, double>? holds = null, double foreign = 0, double swapUsed = 0)
    {
        TaskSample[] tasks = [.. fleet.Kernel.LiveAttempts().Select(attempt => new TaskSample(attempt, Mebi(holds?.Invoke(fleet.Name(attempt.Task)) ?? 0), default, 0, default, false))];
        double held = tasks.Sum(task => task.Resident.Value) / (double)(1 << 20);
        var memory = new MemorySample(Mebi(limit), Mebi(limit - foreign - held), Mebi(held));
        return fleet.Send(new SampleTaken(NodeId.Local, new NodeSample(memory, [.. tasks], null, new SwapSample(Mebi(1_000), Mebi(swapUsed)))));
    }

    /// <summary>The guard did something to the node, or to an attempt.</summary>
    public static Turn Guards(this VirtualFleet fleet, GuardActionKind kind, string? name = null) =>
        fleet.Send(new GuardActed(NodeId.Local, [new GuardAction(kind, GuardCause.FreeMemory, name is null ? default : fleet.Attempt(name), Mebi(1), Mebi(64), Mebi(0), Mebi(9))]));

    public static BlockBuilder Many(int count, string name = "agent", Plimsoll.Core.Lifecycle.TaskPolicy? policy = null)
    {
        var block = new BlockBuilder();
        for (int i = 0; i < count; i++)
        {
            block.Task($"{name}{i}", BlockBuilder.Shape(name), policy: policy);
        }

        return block;
    }

    public static Bytes Mebi(double mebibytes) => Bytes.FromMebibytes(mebibytes);
}
