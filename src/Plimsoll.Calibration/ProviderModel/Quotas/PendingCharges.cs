namespace Plimsoll.Calibration.ProviderModel.Quotas;

/// <summary>Charges that fall due later, because output is metered as it is produced.</summary>
internal sealed class PendingCharges
{
    private readonly PriorityQueue<(Meter Meter, Charge Charge), (DateTimeOffset At, long Order)> due = new();
    private readonly Dictionary<long, Meter> meters = [];
    private long order;

    public int Answers => meters.Count;

    /// <param name="answer">Unique; <see cref="Abort"/> takes it.</param>
    public void Add(long answer, QuotaSet quotas, IReadOnlyList<Charge> charges)
    {
        if (charges.Count == 0)
            return;
        Meter meter = new(answer, quotas) { Left = charges.Count };
        meters[answer] = meter;
        foreach (Charge charge in charges)
            due.Enqueue((meter, charge), (charge.At, order++));
    }

    /// <summary>What the answer would still have been charged is forgotten.</summary>
    public void Abort(long answer)
    {
        if (meters.Remove(answer, out Meter? meter))
            meter.Aborted = true;
    }

    /// <summary>Charges what has fallen due, each at its own time.</summary>
    public void Settle(DateTimeOffset now)
    {
        while (due.TryPeek(out (Meter Meter, Charge Charge) next, out _) && next.Charge.At <= now)
        {
            due.Dequeue();
            if (!next.Meter.Aborted)
                next.Meter.Quotas.Take(next.Charge.Dimension, next.Charge.Amount, next.Charge.At);
            if (--next.Meter.Left == 0)
                meters.Remove(next.Meter.Answer);
        }
    }

    private sealed class Meter(long answer, QuotaSet quotas)
    {
        public long Answer => answer;

        public QuotaSet Quotas => quotas;

        public int Left { get; set; }

        public bool Aborted { get; set; }
    }
}
