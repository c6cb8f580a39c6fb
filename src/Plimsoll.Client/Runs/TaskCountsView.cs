namespace Plimsoll.Client.Runs;

/// <summary>How many tasks stand in each state.</summary>
public sealed record TaskCountsView(
    int Waiting,
    int Ready,
    int Running,
    int Frozen,
    int Retrying,
    int Succeeded,
    int Failed,
    int Dead,
    int Cancelled,
    int Skipped)
{
    /// <summary>All tasks.</summary>
    public int Total => Waiting + Ready + Running + Frozen + Retrying + Ended;

    /// <summary>Tasks that will not run again on their own.</summary>
    public int Ended => Succeeded + Failed + Dead + Cancelled + Skipped;
}
