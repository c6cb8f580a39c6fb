using System.Collections.Immutable;
using System.Globalization;

namespace Plimsoll.Journal.Postgres;

/// <summary>A <c>postgres://user@host:port,host:port/database?key=value</c> URL as libpq reads it, and <c>schema=</c>.</summary>
/// <remarks>Written as text it shows no password.</remarks>
internal sealed record PostgresUrl(
    ImmutableArray<PostgresHost> Hosts, string User, string? Password, string Database, ImmutableDictionary<string, string> Parameters)
{
    private const int StandardPort = 5432;

    private static readonly string[] Known =
        ["host", "port", "user", "password", "dbname", "sslmode", "sslrootcert", "sslcert", "sslkey", "target_session_attrs", "connect_timeout", "schema"];

    private static readonly string[] Modes = ["disable", "allow", "prefer", "require", "verify-ca", "verify-full"];

    internal string Schema => Parameters.GetValueOrDefault("schema", "");

    /// <summary>Reads a URL; what is wrong with it otherwise, without its secrets.</summary>
    internal static (PostgresUrl? Url, string? Refusal) Parse(string text)
    {
        int scheme = text.IndexOf("://", StringComparison.Ordinal);
        if (scheme < 0 || text[..scheme] is not ("postgres" or "postgresql"))
        {
            return (null, "the journal's URL does not begin with postgres://. Write for example postgres://plimsoll@localhost/plimsoll.");
        }

        // A password may hold any character that was not escaped, so the last @ ends it; a query may hold none.
        string rest = text[(scheme + 3)..];
        int at = rest.LastIndexOf('@');
        string[] user = at < 0 ? [""] : rest[..at].Split(':', 2);
        rest = rest[(at + 1)..];
        int question = rest.IndexOf('?');
        ImmutableDictionary<string, string>.Builder parameters = ImmutableDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        foreach (string pair in question < 0 ? [] : rest[(question + 1)..].Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            string[] parts = pair.Split('=', 2);
            if (parts.Length < 2 || !Known.Contains(parts[0], StringComparer.Ordinal))
            {
                return (null, $"the journal's URL has the parameter '{parts[0]}', which is not known or has no value. Known are {string.Join(", ", Known)}.");
            }

            parameters[parts[0]] = Uri.UnescapeDataString(parts[1]);
        }

        if (parameters.TryGetValue("sslmode", out string? mode) && !Modes.Contains(mode, StringComparer.Ordinal))
        {
            return (null, $"the journal's URL has sslmode={mode}. It may be {string.Join(", ", Modes)}; without it the way to the server decides.");
        }

        string place = question < 0 ? rest : rest[..question];
        int slash = place.IndexOf('/');
        string database = slash < 0 ? "" : Uri.UnescapeDataString(place[(slash + 1)..]);
        (ImmutableArray<PostgresHost> hosts, string? refusal) = ReadHosts(slash < 0 ? place : place[..slash], parameters);
        string name = First(Uri.UnescapeDataString(user[0]), parameters.GetValueOrDefault("user"), Environment.UserName);
        string? password = user.Length > 1 && user[1].Length > 0 ? Uri.UnescapeDataString(user[1]) : parameters.GetValueOrDefault("password");
        return refusal is not null
            ? (null, refusal)
            : (new PostgresUrl(hosts, name, password, First(database, parameters.GetValueOrDefault("dbname"), name), parameters.ToImmutable()), null);
    }

    /// <summary>The journal's place for people: no password, and of the parameters only the schema.</summary>
    public override string ToString() =>
        $"postgres://{User}@{string.Join(',', Hosts.Select(host => $"{host.Name}:{host.Port}"))}/{Database}{(Schema.Length > 0 ? $"?schema={Schema}" : "")}";

    private static (ImmutableArray<PostgresHost> Hosts, string? Refusal) ReadHosts(string text, ImmutableDictionary<string, string>.Builder parameters)
    {
        string names = text.Length > 0 ? text : parameters.GetValueOrDefault("host", "localhost");
        string[] ports = parameters.GetValueOrDefault("port", "").Split(',');
        ImmutableArray<PostgresHost>.Builder hosts = ImmutableArray.CreateBuilder<PostgresHost>();
        foreach (string word in names.Split(','))
        {
            int colon = word.EndsWith(']') ? -1 : word.LastIndexOf(':');
            string name = Uri.UnescapeDataString(colon < 0 ? word : word[..colon]).Trim('[', ']');
            string port = colon < 0 ? ports[Math.Min(hosts.Count, ports.Length - 1)] : word[(colon + 1)..];
            int number = StandardPort;
            if (port.Length > 0 && (!int.TryParse(port, NumberStyles.None, CultureInfo.InvariantCulture, out number) || number is < 1 or > 65535))
            {
                return ([], $"the journal's URL has the port '{port}', which is not a number from 1 to 65535. If the password holds a '/', '?' or '#', leave it out of the URL and set PGPASSWORD.");
            }

            if (name.Length == 0)
            {
                return ([], "the journal's URL has an empty host. Write for example postgres://plimsoll@localhost/plimsoll.");
            }

            hosts.Add(new PostgresHost(name, number));
        }

        return (hosts.ToImmutable(), null);
    }

    private static string First(params ReadOnlySpan<string?> words)
    {
        foreach (string? word in words)
        {
            if (!string.IsNullOrEmpty(word))
            {
                return word;
            }
        }

        return "";
    }
}
