using System.Collections.Frozen;
using Plimsoll.Daemon.Requests;

namespace Plimsoll.Daemon.Hosting;

/// <summary>What the composition of a run is made with.</summary>
/// <param name="StopPatience">How long running tasks may go on after a graceful stop.</param>
/// <param name="WithCommands">Started events carry the command.</param>
internal sealed record RunHostSettings(
    string Executable,
    IReadOnlyDictionary<string, string> Environment,
    LaunchSettings Launch,
    TimeSpan StopPatience,
    bool WithCommands,
    TimeProvider Time)
{
    /// <summary>How many accepted, unfinished tasks a feeder may be ahead.</summary>
    public int FeedAhead { get; init; } = 16_384;

    /// <summary>When the run stops early.</summary>
    public HaltPolicy Halt { get; init; } = HaltPolicy.Never;

    /// <summary>Memory cgroup that plays the host; null = the machine as this process sees it.</summary>
    public string? HostCgroup { get; init; }

    /// <summary>Variables that hold real keys of providers; tasks do not inherit them.</summary>
    public IReadOnlySet<string> Secrets { get; init; } = FrozenSet<string>.Empty;

    /// <summary>Of the jitter in backoffs.</summary>
    public ulong Seed { get; init; }
}
