using System.Collections.Immutable;
using Plimsoll.Client.Services;

namespace Plimsoll.Daemon.OpenApi;

/// <summary>Named tokens, and who changed what.</summary>
internal static class AccessOperations
{
    private const string Tag = "access";

    public static ImmutableArray<ApiOperation> All { get; } =
    [
        new("GET", "/api/v1/tokens", Tag, "The named tokens, without what they are.") { Answer = ServiceJsonContext.Default.TokenListView },
        new("POST", "/api/v1/tokens", Tag, "Makes a named token with a scope; it is told this once.") { Body = ServiceJsonContext.Default.TokenRequestView, Answer = ServiceJsonContext.Default.TokenView, Status = 201 },
        new("DELETE", "/api/v1/tokens/{name}", Tag, "Ends a named token.") { Status = 204 },
        new("GET", "/api/v1/audit", Tag, "Who changed what, newest first.") { Query = [new("limit", "integer", "At most this many, 1 to 1000.")], Answer = ServiceJsonContext.Default.AuditListView },
    ];
}
