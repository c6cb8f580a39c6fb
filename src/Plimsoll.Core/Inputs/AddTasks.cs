using Plimsoll.Core.Graphs;
using Plimsoll.Core.Identity;

namespace Plimsoll.Core.Inputs;

/// <summary>Adds a block of tasks to an open run; ordinals continue after the last one.</summary>
public sealed record AddTasks(RunId Run, TaskBlock Block, RunDocument Document) : Input;
