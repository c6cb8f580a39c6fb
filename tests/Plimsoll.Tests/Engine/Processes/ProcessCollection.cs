using Xunit;

namespace Plimsoll.Tests.Engine.Processes;

/// <summary>Tests that count this process's children and descriptors, or leave living ones to the next service, run alone.</summary>
/// <remarks>Two services in one process are a thing of tests: what one leaves, the other takes for an orphan of its own.</remarks>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class ProcessCollection
{
    public const string Name = "processes";
}
