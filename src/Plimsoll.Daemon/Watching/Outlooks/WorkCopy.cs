using Plimsoll.Core.Identity;
using Plimsoll.Core.Lifecycle;
using Plimsoll.Daemon.Hosting;

namespace Plimsoll.Daemon.Watching.Outlooks;

/// <summary>The tasks of one unfinished run at one moment.</summary>
internal sealed record WorkCopy(RunId Run, IReadOnlyList<TaskSegment> Segments, TaskState[] States);
