namespace Plimsoll.Core.Limits.Queueing;

/// <summary>A request that waits in a <see cref="FairQueue{T}"/>.</summary>
public sealed class FairTicket<T>
{
    internal FairTicket(T item, FairShare share, double cost, long sequence)
    {
        Item = item;
        Share = share;
        Cost = cost;
        Sequence = sequence;
    }

    public T Item { get; }

    /// <summary>On whose behalf it waits.</summary>
    public FairShare Share { get; }

    /// <summary>What it is expected to use, in seconds of quota.</summary>
    public double Cost { get; }

    /// <summary>Position in the order of arrival.</summary>
    public long Sequence { get; }

    /// <summary>Cost of what has passed it while it was first and did not fit.</summary>
    public double Passed { get; internal set; }

    /// <summary>Its place in the line of its flow; null when it no longer waits.</summary>
    internal LinkedListNode<FairTicket<T>>? Place { get; set; }
}
