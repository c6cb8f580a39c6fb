using Xunit;

namespace Plimsoll.EndToEnd.Releases;

/// <summary>One emulated machine at a time: two would stall each other.</summary>
[CollectionDefinition(Name)]
public sealed class EmulatedMachines
{
    public const string Name = "emulated machines";
}
