namespace Plimsoll.Calibration.ProviderModel.Quotas;

/// <summary>One limit of a provider; <c>now</c> never runs backwards.</summary>
internal interface IQuota
{
    /// <summary>Zero = admitted now; null = never. An amount of 0 waits for a level above zero.</summary>
    TimeSpan? WaitFor(long amount, DateTimeOffset now);

    /// <summary>Charges, into debt if need be; a negative amount gives back, at most to full.</summary>
    void Take(long amount, DateTimeOffset now);

    /// <summary>Charges what is there of the amount, never into debt.</summary>
    void Waste(long amount, DateTimeOffset now);

    /// <summary>Whole tokens left, rounded down; below zero in debt.</summary>
    long Level(DateTimeOffset now);

    TimeSpan UntilFull(DateTimeOffset now);
}
