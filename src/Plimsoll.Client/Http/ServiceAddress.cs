using System.Diagnostics.CodeAnalysis;

namespace Plimsoll.Client.Http;

/// <summary>Where a service listens: a Unix socket of this machine, or a URL.</summary>
public sealed record ServiceAddress
{
    private const string UnixScheme = "unix:";

    private ServiceAddress(Uri url, string? socket)
    {
        Url = url;
        Socket = socket;
    }

    /// <summary>Base of every request; ends with a slash.</summary>
    public Uri Url { get; }

    /// <summary>Path of the Unix socket; null = TCP.</summary>
    public string? Socket { get; }

    /// <summary>True when requests cannot leave this machine.</summary>
    public bool IsLocal => Socket is not null || Url.IsLoopback;

    public static ServiceAddress OfSocket(string path) => new(new Uri("http://localhost/"), path);

    /// <summary>Reads <c>http://host:port</c>, <c>https://host</c> (with a path when a proxy needs one) or <c>unix:/path/api.sock</c>.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out ServiceAddress? address)
    {
        address = null;
        if (text is not null && text.StartsWith(UnixScheme, StringComparison.Ordinal) && text.Length > UnixScheme.Length)
        {
            address = OfSocket(text[UnixScheme.Length..]);
        }
        else if (Uri.TryCreate(text, UriKind.Absolute, out Uri? url) && url.Scheme is "http" or "https" && url.Query.Length == 0 && url.UserInfo.Length == 0)
        {
            address = new ServiceAddress(url.AbsoluteUri.EndsWith('/') ? url : new Uri(url.AbsoluteUri + "/"), null);
        }

        return address is not null;
    }

    public override string ToString() => Socket is { } path ? UnixScheme + path : Url.AbsoluteUri;
}
