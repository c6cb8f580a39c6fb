using Xunit;

namespace Plimsoll.Tests.Engine.Processes;

/// <summary>Tests that count this process's children and descriptors run alone.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class ProcessCollection
{
    public const string Name = "processes";
}
