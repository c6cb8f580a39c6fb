using Plimsoll.Core.Graphs;

namespace Plimsoll.Plans.Mapping;

/// <summary>The tasks of some lines of <c>plimsoll map</c>.</summary>
public sealed record MapBlock(TaskBlock Block, RunDocument Document);
