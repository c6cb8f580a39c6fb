using Microsoft.AspNetCore.Http;
using Plimsoll.Core.Providers;
using Plimsoll.Gateway.Callers;
using Plimsoll.Gateway.Providers;

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

    public string? Model => Peek.Model ?? Route.Deployment;

    // What is told of it in the end.
    public string? Provider { get; set; }

    public string? Account { get; set; }

    public int Status { get; set; }

    public string Source { get; set; } = "provider";

    public ModelUsage Usage { get; set; }

    public TimeSpan? FirstByte { get; set; }

    public void Dispose()
    {
        Body.Dispose();
    }
}
