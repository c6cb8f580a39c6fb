namespace Plimsoll.Core.Identity;

/// <summary>Durable identity of a task: its run in the upper 32 bits, its ordinal within the run (from 0) in the lower 32.</summary>
/// <remarks>The value is the primary key of the task in the journal.</remarks>
public readonly record struct TaskId(long Value)
{
    public TaskId(RunId run, int ordinal)
        : this(((long)run.Value << 32) | (uint)ordinal)
    {
    }

    public RunId Run => new((int)(Value >> 32));

    public int Ordinal => (int)Value;

    public override string ToString() => $"{Run.Value}.{Ordinal}";
}
