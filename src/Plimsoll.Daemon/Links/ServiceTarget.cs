using Plimsoll.Client.Http;
using Plimsoll.Daemon.Access;
using Plimsoll.Daemon.Projects;
using Plimsoll.Daemon.Requests;
using Plimsoll.Daemon.Serving;

namespace Plimsoll.Daemon.Links;

/// <summary>Which service is meant, and in whose name it is called.</summary>
/// <param name="Token">Null = none: the rights of the Unix socket count.</param>
internal sealed record ServiceTarget(ServiceAddress Address, string? Token)
{
    /// <summary>The one that is named, that of the task this process belongs to (<c>PLIMSOLL_URL</c>), or that of the state folder.</summary>
    /// <param name="server">As given with <c>--server</c>; null = not given.</param>
    public static Outcome<ServiceTarget> Find(string? server, ProjectContext context)
    {
        string? url = server ?? NullIfEmpty(context.Environment.GetValueOrDefault("PLIMSOLL_URL"));
        string? token = NullIfEmpty(context.Environment.GetValueOrDefault("PLIMSOLL_TOKEN"));
        if (url is null)
        {
            string socket = ServiceReach.SocketOf(context.StateFolder);
            return File.Exists(socket)
                ? new ServiceTarget(ServiceAddress.OfSocket(socket), token)
                : new Refusal(ExitCode.Environment, $"no service works on {context.StateFolder}", "Start one with `plimsoll serve`, or name another with --server URL and PLIMSOLL_TOKEN.");
        }

        return ServiceAddress.TryParse(url, out ServiceAddress? address)
            ? new ServiceTarget(address, token ?? OwnToken(address, context.StateFolder))
            : new Refusal(ExitCode.Invalid, $"'{url}' is no address of a service", "Write for example http://127.0.0.1:8000, or unix:/path/to/api.sock.");
    }

    public ServiceClient Connect() => new(Address, Token);

    /// <summary>The token of the state folder, for a service of this machine alone: it goes nowhere else.</summary>
    private static string? OwnToken(ServiceAddress address, string stateFolder)
    {
        string file = ServiceSecret.PathOf(stateFolder);
        try
        {
            return address.IsLocal && address.Socket is null && File.Exists(file) ? File.ReadAllText(file).Trim() : null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null; // Another user's: the service then says what it needs.
        }
    }

    private static string? NullIfEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;
}
