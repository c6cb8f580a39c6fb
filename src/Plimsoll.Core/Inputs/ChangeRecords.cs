using System.Collections.Immutable;
using Plimsoll.Core.Ports;

namespace Plimsoll.Core.Inputs;

/// <summary>Makes records durable in the order of the inputs, with everything else of the same turn.</summary>
/// <param name="Acknowledges">Somebody is told once they are durable.</param>
public sealed record ChangeRecords(ImmutableArray<ServiceRecord> Records, bool Acknowledges) : Input;
