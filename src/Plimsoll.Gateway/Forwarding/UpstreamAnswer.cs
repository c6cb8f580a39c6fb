using Plimsoll.Gateway.Balancing;
using Plimsoll.Gateway.Quotas;

namespace Plimsoll.Gateway.Forwarding;

/// <summary>An answer of a provider that is to be given to the client: whole, or the beginning of a stream.</summary>
internal sealed class UpstreamAnswer(HttpResponseMessage response, StallWatch.Watched watched) : IDisposable
{
    public HttpResponseMessage Response => response;

    public int Status => (int)response.StatusCode;

    /// <summary>The body, whole or as much as was read before it got too long.</summary>
    public PooledBytes? Body { get; init; }

    /// <summary>What follows <see cref="Body"/>, or null.</summary>
    public UpstreamStream? Rest { get; init; }

    /// <summary>The events, if it is a stream of them.</summary>
    public EventReader? Events { get; init; }

    /// <summary>The quota it holds; null where none is needed or all is settled.</summary>
    public Admission? Admission { get; set; }

    public Account? Account { get; set; }

    /// <summary>Whether the client must not repeat the request by itself, because that was done here.</summary>
    public bool IsLastTry { get; set; }

    public void Dispose()
    {
        Body?.Dispose();
        Events?.Dispose();
        Rest?.Dispose();
        response.Dispose();
        watched.Dispose();
    }
}
