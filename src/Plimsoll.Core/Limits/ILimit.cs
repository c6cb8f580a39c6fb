namespace Plimsoll.Core.Limits;

/// <summary>One limit on one dimension; time comes from the caller, and a time before the latest one seen counts as the latest.</summary>
/// <remarks>Not thread-safe: the owner of a vector takes it under one lock.</remarks>
public interface ILimit
{
    /// <summary>Whether what a request held and did not use comes back when it is settled.</summary>
    bool Refunds { get; }

    /// <summary>When this amount fits. Asking changes nothing; an amount of zero always fits.</summary>
    Opening OpeningFor(long amount, DateTimeOffset now);

    /// <summary>What a request of this amount is charged.</summary>
    long ChargeFor(long amount);

    /// <summary>Takes an amount, whether it fits or not.</summary>
    void Take(long amount, DateTimeOffset now);

    /// <summary>Gives back what was taken at a moment.</summary>
    void Return(long amount, DateTimeOffset takenAt, DateTimeOffset now);

    /// <summary>The share of the limit an amount uses, in seconds of quota (for places: as a fraction of all).</summary>
    double CostOf(long amount);
}
