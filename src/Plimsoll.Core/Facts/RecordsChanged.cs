using System.Collections.Immutable;
using Plimsoll.Core.Ports;

namespace Plimsoll.Core.Facts;

/// <summary>A service remembers something that is no task, or forgets it; nothing the kernel decides depends on it.</summary>
/// <param name="Acknowledges">Somebody is told once it is durable: it then survives power loss, as accepted tasks do.</param>
public sealed record RecordsChanged(DateTimeOffset At, ImmutableArray<ServiceRecord> Records, bool Acknowledges) : Fact(At);
