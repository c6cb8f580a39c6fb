using System.Collections.Immutable;
using Plimsoll.Core.Identity;
using Plimsoll.Core.Lifecycle;

namespace Plimsoll.Daemon.Resources;

/// <summary>Which tasks a page lists; null and empty = all.</summary>
/// <param name="Run">Of one run.</param>
/// <param name="States">As the journal has them: it takes ready tasks for waiting ones.</param>
/// <param name="Text">Part of the name, in any case.</param>
/// <param name="Template">Name of the configured template they were submitted with.</param>
/// <param name="After">Only what follows this task in the order of the listing.</param>
/// <param name="Limit">At most this many.</param>
internal sealed record TaskSelection(RunId? Run, ImmutableArray<TaskState> States, string? Class, string? Name, string? Text, string? Template, TaskId? After, int Limit);
