using System.Collections.Immutable;
using Plimsoll.Core.Explain;
using Plimsoll.Core.Watching;
using Plimsoll.Daemon.Leases;
using Plimsoll.Watch.Samples;

namespace Plimsoll.Daemon.Watching;

/// <summary>Everything the service knew of itself at one sample; immutable, for any reader.</summary>
/// <param name="Load">Null while the loop does not answer.</param>
/// <param name="Waiting">The first tasks in line; empty unless somebody looked lately.</param>
/// <param name="PoolSize">How many tasks can run at once.</param>
internal sealed record WatchPicture(WatchSample Sample, LoadPicture? Load, TallyPicture Tally, ImmutableArray<WaitingSnapshot> Waiting, ImmutableArray<LeaseLook> Leases, int PoolSize);
