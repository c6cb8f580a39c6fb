using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using Plimsoll.Core.Providers;

namespace Plimsoll.Gateway.Forwarding;

/// <summary>The connections to one provider.</summary>
internal sealed class ProviderClient : IDisposable
{
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(10);

    private readonly SocketsHttpHandler handler;
    private readonly HttpMessageInvoker invoker;
    private readonly X509Certificate2Collection authorities = [];

    /// <exception cref="Exception">The file of authorities cannot be read: see <see cref="IsUnreadable"/>.</exception>
    public ProviderClient(ProviderSettings settings)
    {
        handler = new()
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            AutomaticDecompression = System.Net.DecompressionMethods.None,
            ActivityHeadersPropagator = null,
            UseProxy = !settings.BaseUrl.IsLoopback,
            ConnectTimeout = ConnectTimeout,
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            PooledConnectionIdleTimeout = TimeSpan.FromSeconds(60),
            MaxResponseHeadersLength = 64,
        };
        if (settings.CaFile is { } file)
        {
            authorities.ImportFromPemFile(file);
            handler.SslOptions.RemoteCertificateValidationCallback = IsTrusted;
        }

        invoker = new(handler);
    }

    public static bool IsUnreadable(Exception failure) =>
        failure is IOException or UnauthorizedAccessException or System.Security.Cryptography.CryptographicException;

    /// <summary>Sends a request; completes when the headers of the answer are there.</summary>
    public Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellation) => invoker.SendAsync(request, cancellation);

    public void Dispose()
    {
        invoker.Dispose();
        handler.Dispose();
        foreach (X509Certificate2 authority in authorities)
        {
            authority.Dispose();
        }
    }

    /// <summary>What the system trusts, and besides what the file of authorities vouches for; a wrong name is never forgiven.</summary>
    private bool IsTrusted(object sender, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        if (errors != SslPolicyErrors.RemoteCertificateChainErrors || certificate is null)
        {
            return errors == SslPolicyErrors.None;
        }

        using X509Chain own = new();
        own.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        own.ChainPolicy.CustomTrustStore.AddRange(authorities);
        own.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        own.ChainPolicy.ExtraStore.AddRange(chain?.ChainPolicy.ExtraStore ?? []);
        foreach (X509ChainElement element in chain?.ChainElements ?? Enumerable.Empty<X509ChainElement>())
        {
            own.ChainPolicy.ExtraStore.Add(element.Certificate);
        }

        using X509Certificate2 leaf = new(certificate);
        return own.Build(leaf);
    }
}
