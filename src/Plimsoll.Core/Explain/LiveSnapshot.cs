using Plimsoll.Core.Identity;
using Plimsoll.Core.Units;

namespace Plimsoll.Core.Explain;

/// <summary>One attempt that holds capacity.</summary>
/// <param name="AdmittedAt">When it was chosen.</param>
/// <param name="StartedAt">When its process was alive; null until that is known.</param>
/// <param name="Reserved">Memory reserved for it.</param>
/// <param name="Ending">True once the kernel has asked for its end.</param>
public sealed record LiveSnapshot(AttemptId Attempt, string Name, DateTimeOffset AdmittedAt, DateTimeOffset? StartedAt, Bytes Reserved, bool Ending);
