using System.Collections.Immutable;
using System.Globalization;
using Plimsoll.Core.Capacity;
using Plimsoll.Core.Limits;
using Plimsoll.Plans.Configuration;
using Plimsoll.Plans.Diagnostics;
using Plimsoll.Plans.Reading;
using Plimsoll.Plans.Tasks;

namespace Plimsoll.Plans.Compiling;

/// <summary>Refuses requests that can never be met, however long they wait.</summary>
internal sealed class CapacityCheck(PlimsollConfiguration configuration, ImmutableDictionary<string, int> lockUnits, ImmutableDictionary<string, LimitPolicy> limits, DiagnosticBag diagnostics)
{
    public void Check(TaskSettings settings)
    {
        if (settings is { Memory: { } memory, MemoryAt: { } memoryAt } && configuration.HostMemory is { } capacity && memory > capacity)
        {
            diagnostics.Error(memoryAt, $"task {settings.Id} can never start: it needs {memory} of memory, and host.memory is {capacity}", "Lower memory:, or raise host.memory.");
        }

        if (settings is { Cpu: { } cpu, CpuAt: { } cpuAt } && configuration.HostCores is { } cores && cpu > cores)
        {
            string has = cores.ToString(CultureInfo.InvariantCulture);
            diagnostics.Error(cpuAt, $"task {settings.Id} can never start: it claims more cores than host.cores, which is {has}", "Lower cpu:, or raise host.cores.");
        }

        foreach (LockClaim claim in settings.Limits ?? [])
        {
            CheckLimit(settings, claim);
        }

        foreach (LockClaim claim in settings.Locks ?? [])
        {
            int units = lockUnits.GetValueOrDefault(claim.Name, 1);
            if (claim.Mode == LockMode.Counted && claim.Units > units)
            {
                diagnostics.Error(
                    settings.LocksAt!,
                    $"{claim.Name}: {claim.Units}",
                    $"task {settings.Id} can never start: it takes {claim.Units} units of the lock {claim.Name}, which has {units}",
                    $"Declare them at the top of the plan, locks: {{{claim.Name}: {claim.Units}}}, or take fewer.");
            }
        }
    }

    private void CheckLimit(TaskSettings settings, LockClaim claim)
    {
        if (!limits.TryGetValue(claim.Name, out LimitPolicy? policy))
        {
            diagnostics.Error(settings.LimitsAt!, claim.Name, $"task {settings.Id} takes from a limit that is not declared", Nearest.Cure(claim.Name, [.. limits.Keys.Order(StringComparer.Ordinal)], "limit") + $" Limits are declared under limits: at the top of the plan or in {ConfigurationLoader.FileName}.");
        }
        else if (claim.Units > policy.MostAtOnce())
        {
            diagnostics.Error(
                settings.LimitsAt!,
                $"{claim.Name}: {claim.Units}",
                $"task {settings.Id} can never start: it takes {claim.Units} from limit {claim.Name}, of which at most {policy.MostAtOnce()} fit at once",
                policy.Burst is null ? "Take fewer, or allow more per window." : "Take fewer, or raise its burst:.");
        }
    }
}
