namespace Plimsoll.Plans.Providers;

/// <summary>Which values of the configuration are never shown, although nobody should have written them there.</summary>
internal static class SecretText
{
    public const string Hidden = "(not shown)";

    private static readonly string[] Endings = ["key", "secret", "password", "auth_token", "access_token"];

    /// <summary>Whether a text under this key could be a secret.</summary>
    public static bool IsNamed(string key) =>
        key is "token" || Array.Exists(Endings, ending => key.EndsWith(ending, StringComparison.OrdinalIgnoreCase));

    /// <summary>The text without what a URL may carry besides its place: a user and a password before the host, and a query.</summary>
    public static string WithoutUser(string text)
    {
        int scheme = text.IndexOf("://", StringComparison.Ordinal);
        if (scheme < 0)
        {
            return text;
        }

        // A password may hold any character, so the last @ ends it.
        int at = text.LastIndexOf('@');
        string shown = at < scheme ? text : string.Concat(text.AsSpan(0, scheme + 3), Hidden, text.AsSpan(at));
        int query = shown.IndexOf('?', scheme);
        return query < 0 ? shown : shown[..query] + "?" + Hidden;
    }

    /// <summary>Scheme and host of a URL whose path may be a secret.</summary>
    public static string HostOnly(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out Uri? address) && address.Host.Length > 0 ? $"{address.Scheme}://{address.Host}/{Hidden}" : Hidden;
}
