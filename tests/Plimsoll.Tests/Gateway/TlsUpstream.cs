using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Plimsoll.Tests.Gateway;

/// <summary>A provider behind TLS with a certificate of an authority that nobody knows; answers each request with <c>{"ok":true}</c>.</summary>
internal sealed class TlsUpstream : IDisposable
{
    private readonly LoopbackConnections connections;
    private readonly X509Certificate2 certificate;
    private int requests;

    /// <param name="name">What the certificate is for.</param>
    /// <param name="days">Days from now at which it ends; negative: it has ended.</param>
    public TlsUpstream(string name, int days = 2)
    {
        using ECDsa authorityKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        DateTimeOffset now = TimeProvider.System.GetUtcNow();
        CertificateRequest authority = new("CN=Test authority", authorityKey, HashAlgorithmName.SHA256);
        authority.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        using X509Certificate2 root = authority.CreateSelfSigned(now.AddDays(-10), now.AddDays(10));
        Authority = root.ExportCertificatePem();

        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        CertificateRequest request = new($"CN={name}", key, HashAlgorithmName.SHA256);
        SubjectAlternativeNameBuilder names = new();
        names.AddDnsName(name);
        request.CertificateExtensions.Add(names.Build());
        using X509Certificate2 signed = request.Create(root, now.AddDays(-5), now.AddDays(days), [1, 2, 3, 4]);
        using X509Certificate2 own = signed.CopyWithPrivateKey(key);
        certificate = X509CertificateLoader.LoadPkcs12(own.Export(X509ContentType.Pkcs12), null);
        connections = new LoopbackConnections(ServeAsync);
    }

    /// <summary>In PEM.</summary>
    public string Authority { get; }

    public string BaseUrl => $"https://localhost:{connections.Port}";

    /// <summary>Requests that came through.</summary>
    public int Count => Volatile.Read(ref requests);

    public void Dispose()
    {
        connections.Dispose();
        certificate.Dispose();
    }

    private async Task ServeAsync(NetworkStream plain, CancellationToken cancellation)
    {
        await using SslStream stream = new(plain);
        await stream.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = certificate }, cancellation);
        byte[] buffer = new byte[64 << 10];
        StringBuilder text = new();
        while (!text.ToString().EndsWith('}'))
        {
            int read = await stream.ReadAsync(buffer, cancellation);
            if (read == 0)
                return;

            text.Append(Encoding.Latin1.GetString(buffer, 0, read));
        }

        Interlocked.Increment(ref requests);
        await stream.WriteAsync(Encoding.UTF8.GetBytes(RawUpstream.Json("{\"ok\":true}", "HTTP/1.1 200 OK\r\nConnection: close")), cancellation);
    }
}
