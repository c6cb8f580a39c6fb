using Plimsoll.Core.Providers;

namespace Plimsoll.Gateway.Callers;

/// <summary>One request that has ended.</summary>
/// <param name="Provider">Who answered; null when no provider was asked.</param>
/// <param name="Route">For example <c>messages</c>, without ids.</param>
/// <param name="Status">Status given to the client; 499 when the client went away.</param>
/// <param name="Usage">What it added to the attempt's use.</param>
/// <param name="FirstByte">From arrival to the first byte sent to the client; null when there was none.</param>
/// <param name="Source">How it was answered: <c>provider</c>, <c>cache</c>, <c>coalesced</c>, <c>batched</c>, <c>refused</c>.</param>
public sealed record CallRecord(
    Caller Caller,
    string? Provider,
    string? Account,
    string? Model,
    string Route,
    int Status,
    ModelUsage Usage,
    TimeSpan Total,
    TimeSpan? FirstByte,
    string Source);
