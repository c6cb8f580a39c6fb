using System.Collections.Immutable;
using System.Net;
using Plimsoll.Plans.Reading;

namespace Plimsoll.Plans.Configuration;

/// <summary>Reads where the journal is and which networks are trusted on the way to it.</summary>
internal static class JournalReader
{
    /// <summary>The journal in the state folder.</summary>
    public const string InFolder = "sqlite";

    private static readonly char[] Separators = [',', ' '];

    /// <summary>Null for the state folder, and after reporting what is wrong.</summary>
    public static string? Address(Node node, Scalars scalars)
    {
        string? text = scalars.Text(node, "journal");
        if (text is null or InFolder)
        {
            return null;
        }

        if (!text.StartsWith("postgres://", StringComparison.Ordinal) && !text.StartsWith("postgresql://", StringComparison.Ordinal))
        {
            scalars.Diagnostics.Error(node, ValueText.Of(node), "journal must be sqlite or a postgres:// URL", "Write sqlite, or for example postgres://plimsoll@localhost/plimsoll.");
            return null;
        }

        if (HasPassword(text))
        {
            scalars.Diagnostics.Warning(
                node, ValueText.Of(node), "the journal's URL holds a password, which others may read in the configuration or the list of processes", "Leave it out and set PGPASSWORD, or write it to a passfile (~/.pgpass).");
        }

        return text;
    }

    public static ImmutableArray<IPNetwork> Networks(Node node, Scalars scalars)
    {
        ImmutableArray<IPNetwork>.Builder networks = ImmutableArray.CreateBuilder<IPNetwork>();
        foreach (Node one in scalars.OneOrMore(node, "postgres.trusted_networks"))
        {
            foreach (string word in (scalars.Text(one, "a trusted network") ?? "").Split(Separators, StringSplitOptions.RemoveEmptyEntries))
            {
                if (IPNetwork.TryParse(word, out IPNetwork network))
                {
                    networks.Add(network);
                }
                else
                {
                    scalars.Diagnostics.Error(one, $"a trusted network must be an address with the length of its prefix, found '{word}'", "Write for example 10.0.0.0/8; the bits behind the prefix are 0.");
                }
            }
        }

        return networks.ToImmutable();
    }

    public static string? TextOrNone(Node node, string what, Scalars scalars) => scalars.Text(node, what) is { } text && text is not ("none" or "") ? text : null;

    /// <summary>A password may hold any character, so the last @ ends it.</summary>
    private static bool HasPassword(string url)
    {
        int user = url.IndexOf("://", StringComparison.Ordinal) + 3;
        int host = url.LastIndexOf('@');
        int colon = host > user ? url.IndexOf(':', user, host - user) : -1;
        return (colon > 0 && colon + 1 < host) || url.Contains("password=", StringComparison.OrdinalIgnoreCase);
    }
}
