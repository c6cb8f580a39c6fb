using System.Collections.Immutable;
using Plimsoll.Core.Lifecycle;
using Plimsoll.Core.Units;

namespace Plimsoll.Plans.Mapping;

/// <summary>What every task of a <c>plimsoll map</c> has in common.</summary>
/// <param name="Command">Argv with <c>{}</c> <c>{.}</c> <c>{/}</c> <c>{//}</c> <c>{/.}</c> <c>{#}</c>; without any of them the item is appended.</param>
/// <param name="Class">Footprint class; null = from the command.</param>
/// <param name="Shell">The command is one shell line, into which items are put as quoted words.</param>
/// <param name="Agent">A configured agent; the command is then its prompt, words joined by blanks.</param>
public sealed record MapOptions(
    ImmutableArray<string> Command,
    TaskPolicy Policy,
    Bytes? Memory = null,
    double Cpu = 0,
    string? Class = null,
    bool Shell = false,
    string? Agent = null);
