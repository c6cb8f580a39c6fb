using Plimsoll.Core.Graphs;

namespace Plimsoll.Plans;

/// <summary>Tasks ready to be added to a run, and what they execute.</summary>
public sealed record CompiledBlock(TaskBlock Block, RunDocument Document);
