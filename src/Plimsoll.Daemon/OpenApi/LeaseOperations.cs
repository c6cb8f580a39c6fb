using System.Collections.Immutable;
using Plimsoll.Client.Services;

namespace Plimsoll.Daemon.OpenApi;

/// <summary>Leases: memory, cores and locks held without a task.</summary>
internal static class LeaseOperations
{
    private const string Tag = "leases";

    private const string Wish = """
        {"type":"object","properties":{"memory":{"type":["string","integer"],"description":"4G, or bytes."},"cpu":{"type":"number"},"locks":{"type":["array","object"]},
         "ttl_seconds":{"type":"number","minimum":1,"maximum":86400},"wait_seconds":{"type":"number","minimum":0,"maximum":3600},"priority":{"type":"integer"},"purpose":{"type":"string"}}}
        """;

    private static readonly ApiQuery Fence = new("fence", "integer", "That of the grant; an older one is refused with 409.");

    public static ImmutableArray<ApiOperation> All { get; } =
    [
        new("POST", "/api/v1/leases", Tag, "Asks for memory, cores or locks: 201 when it is held, 202 while it waits.") { BodySchema = Wish, Answer = ServiceJsonContext.Default.LeaseView, Status = 201, OtherStatus = 202 },
        new("GET", "/api/v1/leases", Tag, "Leases that wait or are held.") { Answer = ServiceJsonContext.Default.LeaseListView },
        new("GET", "/api/v1/leases/{id}", Tag, "One lease; waits until it is held, if asked to.") { Query = [new("wait", "number", "Seconds, at most 3600."), Fence], Answer = ServiceJsonContext.Default.LeaseView },
        new("POST", "/api/v1/leases/{id}/renew", Tag, "Lets a lease live on.") { Query = [Fence], Answer = ServiceJsonContext.Default.LeaseView },
        new("GET", "/api/v1/leases/{id}/hold", Tag, "Holds a lease as long as the connection is open.") { Query = [Fence], AnswerType = "text/plain" },
        new("DELETE", "/api/v1/leases/{id}", Tag, "Releases a lease.") { Query = [Fence], Status = 204 },
    ];
}
