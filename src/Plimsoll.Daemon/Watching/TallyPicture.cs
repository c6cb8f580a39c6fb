using System.Collections.Immutable;
using Plimsoll.Watch.Samples;

namespace Plimsoll.Daemon.Watching;

/// <summary>What was counted since the service began.</summary>
/// <param name="Ended">Attempts that ended since the picture before; a part of them when there were many.</param>
/// <param name="Classes">By name.</param>
/// <param name="Waits">From being added, or tried again, to being admitted.</param>
internal sealed record TallyPicture(
    long Started,
    long Finished,
    long Succeeded,
    long OutOfMemoryKills,
    long Evictions,
    long Tokens,
    long MicroDollars,
    ImmutableArray<EndedAttempt> Ended,
    ImmutableArray<ClassTally> Classes,
    DurationHistogram Durations,
    DurationHistogram Waits)
{
    public static TallyPicture Empty { get; } = new(0, 0, 0, 0, 0, 0, 0, [], [], new DurationHistogram(), new DurationHistogram());
}
