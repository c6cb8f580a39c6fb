using Plimsoll.Core.Identity;

namespace Plimsoll.Daemon.Hosting;

/// <summary>How commands of a run are started.</summary>
/// <param name="Folder">Where they work unless they say otherwise, absolute.</param>
/// <param name="Direct">Every start is direct.</param>
/// <param name="DirectWhenBrief">Starts of classes known to be short are direct.</param>
/// <param name="Grace">Between SIGTERM and SIGKILL.</param>
internal sealed record LaunchSettings(string Folder, bool Direct, bool DirectWhenBrief, TimeSpan Grace)
{
    /// <summary>Entries <c>NAME=value</c> that an attempt gets besides its own: how it reaches the service that runs it. Called by the loop's thread.</summary>
    public Func<AttemptId, IReadOnlyList<string>>? Reach { get; init; }

    /// <summary>W3C trace context that an attempt gets as TRACEPARENT; null = none. Called by the loop's thread.</summary>
    public Func<AttemptId, string>? Trace { get; init; }
}
