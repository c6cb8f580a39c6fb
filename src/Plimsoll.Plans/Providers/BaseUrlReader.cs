using System.Net;
using Plimsoll.Core.Providers;
using Plimsoll.Plans.Reading;

namespace Plimsoll.Plans.Providers;

/// <summary>Reads the base URL of a provider: https, or http on this machine.</summary>
internal static class BaseUrlReader
{
    private static readonly Uri Anthropic = new("https://api.anthropic.com/");
    private static readonly Uri OpenAI = new("https://api.openai.com/");

    public static Uri? Read(Node name, Node provider, ProviderKind kind, Scalars scalars)
    {
        if (provider.Find("base_url") is { } written)
        {
            return Parse(written, scalars);
        }

        switch (kind)
        {
            case ProviderKind.Anthropic:
                return Anthropic;
            case ProviderKind.OpenAI:
                return OpenAI;
            default:
                scalars.Diagnostics.Error(name, $"provider {name.Text} has no base_url", "Add base_url: https://…, without a route like /chat/completions.");
                return null;
        }
    }

    private static Uri? Parse(Node node, Scalars scalars)
    {
        if (scalars.Text(node, "base_url") is not { } text)
        {
            return null;
        }

        string shown = Printable.Shorten(SecretText.WithoutUser(text), 80);
        string? wrong = null;
        string cure = "Write for example https://models.example.com or http://127.0.0.1:11434.";
        if (!Uri.TryCreate(text.Trim(), UriKind.Absolute, out Uri? url) || url.Scheme is not ("http" or "https") || url.Host.Length == 0)
        {
            wrong = "base_url must be an absolute URL that begins with https://";
        }
        else if (url.UserInfo.Length > 0 || url.Query.Length > 0 || url.Fragment.Length > 0)
        {
            (wrong, shown) = ("base_url may hold neither a user nor a query", url.GetLeftPart(UriPartial.Scheme) + url.Authority);
            cure = "Remove them; the key belongs under key: {from: VARIABLE}, an Azure version under api_version:.";
        }
        else if (url.Scheme == "http" && !IsLoopback(url))
        {
            wrong = "an http:// provider must be on this machine, because its key would be readable on the way";
            cure = "Write https://, with ca_file: for an authority of your own.";
        }

        if (wrong is null)
        {
            return url;
        }

        scalars.Diagnostics.Error(node, shown, wrong, cure);
        return null;
    }

    private static bool IsLoopback(Uri url) =>
        url.Host == "localhost" || (IPAddress.TryParse(url.DnsSafeHost, out IPAddress? address) && IPAddress.IsLoopback(address));
}
