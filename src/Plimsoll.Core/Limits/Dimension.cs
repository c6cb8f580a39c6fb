namespace Plimsoll.Core.Limits;

/// <summary>What a provider or service counts.</summary>
public enum Dimension
{
    /// <summary>Requests per minute (rpm).</summary>
    Requests,

    /// <summary>Input tokens per minute without cache reads (itpm).</summary>
    InputTokens,

    /// <summary>Output tokens per minute (otpm).</summary>
    OutputTokens,

    /// <summary>Input and output tokens per minute together, as the provider adds them up (tpm).</summary>
    TotalTokens,

    /// <summary>Requests per day (rpd).</summary>
    DailyRequests,

    /// <summary>Requests in flight.</summary>
    Concurrency,

    /// <summary>Money in millionths of a US dollar.</summary>
    Money,
}
