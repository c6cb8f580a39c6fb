using Microsoft.AspNetCore.Http;
using Plimsoll.Core.Providers;
using Plimsoll.Gateway.Caching;
using Plimsoll.Gateway.Callers;
using Plimsoll.Gateway.Providers;
using Endpoint = Plimsoll.Gateway.Balancing.Endpoint;

namespace Plimsoll.Gateway.Forwarding;

/// <summary>One request on its way through the gateway; written by the one flow that carries it.</summary>
internal sealed class Exchange : IDisposable
{
    public required CallerState Caller { get; init; }

    public required Route Route { get; init; }

    public required string Method { get; init; }

    /// <summary>With its question mark, or empty.</summary>
    public required string Query { get; init; }

    public required IHeaderDictionary Headers { get; init; }

    public required PooledBytes Body { get; init; }

    public required BodyPeek Peek { get; init; }

    public required IReply Reply { get; init; }

    public required Deadline Deadline { get; init; }

    /// <summary>Ends when the client goes away, the caller's key is revoked or the gateway stops.</summary>
    public required CancellationToken Ended { get; init; }

    /// <summary>Whether refusals speak Anthropic's dialect.</summary>
    public bool IsAnthropic { get; init; }

    /// <summary>Called with the answer when it is there as a whole, before the client has it.</summary>
    public Action<StoredAnswer>? Whole { get; set; }

    public string? Model => Peek.Model ?? Route.Deployment;

    // What is told of it in the end.
    public string? Provider { get; private set; }

    public string? Account { get; private set; }

    /// <summary>Time it waited for quota.</summary>
    public TimeSpan Queued { get; set; }

    /// <summary>429 answers it has met.</summary>
    public long Refusals { get; set; }

    /// <summary>Whether its body was given up, so that it cannot be sent again.</summary>
    public bool IsBodyGone { get; set; }

    public int Status { get; set; }

    public string Source { get; set; } = "provider";

    /// <summary>Null when no provider has answered.</summary>
    public TokenCounts? Tokens { get; set; }

    public long MicroDollars { get; set; }

    public ModelUsage Usage => new(
        Tokens is null ? 0 : 1,
        Tokens?.Charged ?? 0,
        Tokens?.CacheRead ?? 0,
        Tokens?.Output ?? 0,
        MicroDollars,
        Refusals,
        Queued);

    public TimeSpan? FirstByte { get; set; }

    /// <summary>The model's name at the provider.</summary>
    public string? UpstreamModel { get; private set; }

    /// <summary>It goes to this endpoint.</summary>
    public void At(Endpoint endpoint)
    {
        UpstreamModel = endpoint.NameOf(Model);
        Provider = endpoint.Account.Provider.Name;
        Account = endpoint.Account.Name;
    }

    /// <summary>It was answered as a part of another.</summary>
    public void Take(Exchange whole, TokenCounts tokens, long microDollars)
    {
        Provider = whole.Provider;
        Account = whole.Account;
        Tokens = tokens;
        MicroDollars = microDollars;
    }

    public void Dispose()
    {
        Body.Dispose();
    }
}
