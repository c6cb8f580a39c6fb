using System.Text.Json;
using Plimsoll.Daemon.Links;
using Plimsoll.Daemon.Requests;

namespace Plimsoll.Daemon.Mcp;

/// <summary>Tools that ask for memory, cores and locks before an agent uses them itself.</summary>
internal static class LeaseTools
{
    private const string UsualWaitSeconds = "45";
    private const string UsualTtlSeconds = "900";

    private static readonly HashSet<string> Renamed = new(StringComparer.Ordinal) { "lock", "shared", "units", "seconds" };

    public static IReadOnlyList<McpTool> All { get; } =
    [
        new(
            "lease_memory",
            "Ask for memory before you start something heavy yourself (a test suite, a build). state is held when you may start; with waiting, call lease_status until it is held. "
            + "It lasts for seconds unless renewed, ends with your own task, and is given back with release_lease.",
            """
            {"type":"object","properties":{
              "memory":{"type":"string","description":"How much, such as 4G."},
              "cpu":{"type":"number","description":"Cores as well."},
              "seconds":{"type":"number","minimum":1,"maximum":86400,"default":900,"description":"How long you need it at most."},
              "wait_seconds":{"type":"number","minimum":0,"maximum":3600,"default":45},
              "purpose":{"type":"string","description":"What for, for people."}},
             "required":["memory"],"additionalProperties":false}
            """,
            isReadOnly: false,
            (link, arguments, cancellation) => AskAsync(link, arguments, null, cancellation)),
        new(
            "lease_lock",
            "Take a named lock before you use something that only one may use at a time (a database, a port, a branch). state is held when it is yours; with waiting, call lease_status until it is held.",
            """
            {"type":"object","properties":{
              "lock":{"type":"string","description":"Name of the lock."},
              "shared":{"type":"boolean","description":"True = others may share it, but nobody has it alone."},
              "units":{"type":"integer","minimum":1,"description":"Units of a counted lock."},
              "seconds":{"type":"number","minimum":1,"maximum":86400,"default":900,"description":"How long you need it at most."},
              "wait_seconds":{"type":"number","minimum":0,"maximum":3600,"default":45},
              "purpose":{"type":"string","description":"What for, for people."}},
             "required":["lock"],"additionalProperties":false}
            """,
            isReadOnly: false,
            LockAsync),
        new(
            "lease_status",
            "Show a lease and renew it; wait_seconds waits until it is held.",
            """
            {"type":"object","properties":{
              "id":{"type":"string","description":"Id of the lease."},
              "wait_seconds":{"type":"number","minimum":0,"maximum":3600,"default":0}},
             "required":["id"],"additionalProperties":false}
            """,
            isReadOnly: false,
            StatusAsync),
        new(
            "release_lease",
            "Give a lease back as soon as you do not need it any more; others wait for it.",
            """
            {"type":"object","properties":{
              "id":{"type":"string","description":"Id of the lease."},
              "fence":{"type":"integer","description":"Its fence as it was granted; an older one is refused."}},
             "required":["id"],"additionalProperties":false}
            """,
            isReadOnly: false,
            ReleaseAsync),
    ];

    private static Task<Outcome<string>> AskAsync(ServiceLink link, JsonElement arguments, string? locks, CancellationToken cancellation) => link.SendAsync(
        HttpMethod.Post,
        "api/v1/leases",
        McpArguments.With(
            arguments,
            Renamed,
            ("locks", locks),
            ("ttl_seconds", McpArguments.Number(arguments, "seconds") ?? UsualTtlSeconds),
            ("wait_seconds", arguments.TryGetProperty("wait_seconds", out _) ? null : UsualWaitSeconds)),
        cancellation);

    private static Task<Outcome<string>> LockAsync(ServiceLink link, JsonElement arguments, CancellationToken cancellation)
    {
        if (McpArguments.Text(arguments, "lock") is not { Length: > 0 } name)
        {
            return Task.FromResult<Outcome<string>>(new Refusal(ExitCode.Invalid, "the argument lock is missing", "Pass the name of the lock."));
        }

        string quoted = JsonSerializer.Serialize(name, Endpoints.Reading.TextJsonContext.Default.String);
        string locks = arguments.TryGetProperty("shared", out JsonElement shared) && shared.ValueKind == JsonValueKind.True ? $"{{{quoted}:\"shared\"}}"
            : McpArguments.Number(arguments, "units") is { } units ? $"{{{quoted}:{units}}}"
            : $"[{quoted}]";
        return AskAsync(link, arguments, locks, cancellation);
    }

    private static async Task<Outcome<string>> StatusAsync(ServiceLink link, JsonElement arguments, CancellationToken cancellation)
    {
        if (!McpArguments.Id(arguments, orRun: false).TryGet(out string? id, out Refusal? refusal))
        {
            return refusal;
        }

        return McpArguments.Number(arguments, "wait_seconds") is { } seconds and not "0"
            ? await link.SendAsync(HttpMethod.Get, $"api/v1/leases/{id}?wait={seconds}", null, cancellation)
            : await link.SendAsync(HttpMethod.Post, $"api/v1/leases/{id}/renew", "{}", cancellation);
    }

    private static async Task<Outcome<string>> ReleaseAsync(ServiceLink link, JsonElement arguments, CancellationToken cancellation)
    {
        if (!McpArguments.Id(arguments, orRun: false).TryGet(out string? id, out Refusal? refusal))
        {
            return refusal;
        }

        string fence = McpArguments.Number(arguments, "fence") is { } given ? $"?fence={given}" : "";
        return (await link.SendAsync(HttpMethod.Delete, $"api/v1/leases/{id}{fence}", null, cancellation)).TryGet(out _, out refusal)
            ? $$"""{"id":"{{id}}","state":"ended"}"""
            : refusal;
    }
}
