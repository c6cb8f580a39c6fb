using System.Globalization;
using Plimsoll.Core.Capacity;
using Plimsoll.Core.Explain;
using Plimsoll.Core.Limits;
using Plimsoll.Core.Units;

namespace Plimsoll.Core.Admission;

/// <summary>"Never" as opposed to "not now": a request above what an empty node has.</summary>
internal static class NeverRule
{
    private const string Code = "never";
    private const string ReleasedBy = "other limits, or a smaller request";

    public static WaitReason? Judge(TaskShape shape, KernelLimits limits, MemorySample? sample)
    {
        long capacity = MemoryRule.CapacityBytes(limits, sample);
        if (shape.Memory is { } memory && memory.Value > capacity)
        {
            string available = new Bytes(Math.Max(0, capacity)).ToString();
            return new WaitReason(Code, $"needs {memory} of memory, an empty node has {available}", $"{memory}", available, ReleasedBy);
        }

        if (shape.Requires.Except(limits.Node.Labels, StringComparer.Ordinal).FirstOrDefault() is { } missing)
        {
            return new WaitReason(Code, $"requires a node with {missing}, and this one has {Names(limits.Node.Labels)}", missing, Names(limits.Node.Labels), "a node with that label");
        }

        if (limits.Node.Cores is { } cores && shape.Cpu > cores)
        {
            return new WaitReason(
                Code, $"needs {Number(shape.Cpu)} cores, the node has {Number(cores)}", Number(shape.Cpu), Number(cores), ReleasedBy);
        }

        foreach (LockClaim claim in shape.Locks)
        {
            if (claim.Mode == LockMode.Drawn && limits.Services.TryGetValue(claim.Name, out LimitPolicy? policy) && claim.Units > policy.MostAtOnce())
            {
                long most = policy.MostAtOnce();
                return new WaitReason(Code, $"takes {claim.Units} from limit {claim.Name}, of which at most {most} fit at once", $"{claim.Units}", $"{most}", ReleasedBy);
            }

            int units = limits.LockUnits.GetValueOrDefault(claim.Name, 1);
            if (claim.Mode == LockMode.Counted && claim.Units > units)
            {
                string message = $"needs {claim.Units} units of lock {claim.Name}, which has {units}";
                return new WaitReason(Code, message, $"{claim.Units} units", $"{units} units", ReleasedBy);
            }
        }

        return null;
    }

    private static string Names(IEnumerable<string> labels) => string.Join(", ", labels) is { Length: > 0 } names ? names : "no labels";

    private static string Number(double value) => value.ToString("0.###", CultureInfo.InvariantCulture);
}
