using System.Collections.Immutable;
using Plimsoll.Core.Lifecycle;
using Plimsoll.Core.Units;

namespace Plimsoll.Plans.Mapping;

/// <summary>What every task of a <c>plimsoll map</c> has in common.</summary>
/// <param name="Command">Argv with <c>{}</c> <c>{.}</c> <c>{/}</c> <c>{//}</c> <c>{/.}</c> <c>{#}</c>; without any of them the item is appended.</param>
/// <param name="Class">Footprint class; null = from the command.</param>
public sealed record MapOptions(
    ImmutableArray<string> Command,
    TaskPolicy Policy,
    Bytes? Memory = null,
    double Cpu = 0,
    string? Class = null);
