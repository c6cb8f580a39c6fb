using Plimsoll.Core.Capacity;

namespace Plimsoll.Plans.Submissions;

/// <summary>Makes of compiled work what a lease holds: the same memory, cores and locks, and nothing to execute.</summary>
public static class LeaseWork
{
    /// <summary>Class of all leases; nothing is learned of it.</summary>
    public const string Class = "lease";

    /// <param name="work">No-op work with the memory, cores and locks that are wanted.</param>
    public static SubmittedWork Of(SubmittedWork work, LeaseKind kind)
    {
        ArgumentNullException.ThrowIfNull(work);
        return new SubmittedWork(work.Definition, Class, work.Shape with { Class = Class, Lease = kind }, work.Policy, work.Template);
    }
}
