namespace Plimsoll.Core.Limits;

/// <summary>What one request takes or took of each dimension; never negative.</summary>
/// <param name="InputTokens">Tokens that count as input (cache reads do not, cache writes do).</param>
/// <param name="OutputTokens">Tokens charged as output; 0 at the start where output is metered as it is produced.</param>
/// <param name="TotalTokens">Tokens charged to a limit on the total, by the provider's own rule (sum or maximum).</param>
/// <param name="MicroDollars">Millionths of a US dollar.</param>
/// <param name="Requests">Counts for requests per minute and per day.</param>
/// <param name="Concurrency">Places taken until the request ends.</param>
public readonly record struct Amounts(
    long InputTokens,
    long OutputTokens = 0,
    long TotalTokens = 0,
    long MicroDollars = 0,
    long Requests = 1,
    long Concurrency = 1)
{
    /// <summary>The amount of one dimension.</summary>
    public long this[Dimension dimension] => dimension switch
    {
        Dimension.Requests or Dimension.DailyRequests => Requests,
        Dimension.InputTokens => InputTokens,
        Dimension.OutputTokens => OutputTokens,
        Dimension.TotalTokens => TotalTokens,
        Dimension.Concurrency => Concurrency,
        Dimension.Money => MicroDollars,
        _ => throw new ArgumentOutOfRangeException(nameof(dimension), dimension, "unknown dimension"),
    };
}
