using Plimsoll.Client.Services;

namespace Plimsoll.Client.Http;

/// <summary>Named tokens of a service; for administrators.</summary>
public sealed class TokensClient
{
    private const string Path = "api/v1/tokens";
    private readonly ServiceTransport transport;

    internal TokensClient(ServiceTransport transport) => this.transport = transport;

    /// <summary>Makes a token; the answer holds it, and nothing else ever will.</summary>
    public Task<ServiceAnswer<TokenView>> CreateAsync(TokenRequestView token, CancellationToken cancellationToken = default) =>
        transport.SendAsync(
            HttpMethod.Post, Path, ServiceTransport.Json(token, ServiceJsonContext.Default.TokenRequestView), ServiceJsonContext.Default.TokenView, cancellationToken);

    public Task<ServiceAnswer<TokenListView>> ListAsync(CancellationToken cancellationToken = default) =>
        transport.SendAsync(HttpMethod.Get, Path, null, ServiceJsonContext.Default.TokenListView, cancellationToken);

    /// <summary>Ends a token at once, with the sessions of browsers that were begun with it.</summary>
    /// <returns>An empty text.</returns>
    public Task<ServiceAnswer<string>> RevokeAsync(string name, CancellationToken cancellationToken = default) =>
        transport.SendTextAsync(HttpMethod.Delete, $"{Path}/{Uri.EscapeDataString(name)}", null, cancellationToken);
}
