namespace Plimsoll.Core.Limits.Queueing;

/// <summary>The waiting requests of one task at one priority, and how much virtual time it has used.</summary>
internal sealed class FairFlow<T>(long key)
{
    public long Key => key;

    public LinkedList<FairTicket<T>> Line { get; } = [];

    /// <summary>Virtual time at which its next request starts.</summary>
    public double Start { get; set; }

    /// <summary>Breaks ties: who waited first.</summary>
    public long Order { get; set; }
}
