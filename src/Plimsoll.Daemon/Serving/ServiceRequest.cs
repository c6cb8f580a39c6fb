using Plimsoll.Daemon.Requests;
using Plimsoll.Daemon.Watching.Logs;

namespace Plimsoll.Daemon.Serving;

/// <summary>How the service is asked to run.</summary>
/// <param name="Listen">Addresses <c>host:port</c>; port 0 takes a free one. Empty = the Unix socket of the state folder alone.</param>
/// <param name="MaxConcurrent">Null = as configured.</param>
public sealed record ServiceRequest(IReadOnlyList<string> Listen, TaskLimit? MaxConcurrent)
{
    /// <summary>Where attempts, alerts and refused requests are logged; null = nowhere.</summary>
    public ServiceLog? Log { get; init; }

    /// <summary>No samples, counts and forecasts: what watching costs is measured so.</summary>
    internal bool IsUnwatched { get; init; }
}
