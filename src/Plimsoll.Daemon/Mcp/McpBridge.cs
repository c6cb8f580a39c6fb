using ModelContextProtocol.Server;
using Plimsoll.Daemon.Links;

namespace Plimsoll.Daemon.Mcp;

/// <summary>Speaks the Model Context Protocol on a pair of streams for one service.</summary>
internal static class McpBridge
{
    /// <summary>Answers until the input ends.</summary>
    public static async Task RunAsync(ServiceLink link, string version, Stream input, Stream output, CancellationToken cancellationToken)
    {
        await using var transport = new StreamServerTransport(input, output, "plimsoll");
        await using McpServer server = McpServer.Create(transport, McpDesk.Options(link, version));
        await server.RunAsync(cancellationToken);
    }
}
