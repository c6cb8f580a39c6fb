namespace Plimsoll.Gateway.Quotas;

/// <summary>What a request with its quota does about the prefixes it shares with others.</summary>
/// <param name="Lead">To report on when it writes a cold prefix; 0: it writes none.</param>
/// <param name="Leader">Completes when the request it should wait for has begun to answer or failed; null: it need not wait.</param>
/// <param name="Until">When it stops waiting.</param>
internal readonly record struct PrefixTurn(long Lead, Task? Leader, DateTimeOffset Until);
