using Plimsoll.Core.Identity;
using Plimsoll.Core.Units;

namespace Plimsoll.Daemon.Hosting;

/// <summary>Memory that the kernel is asked to take back from a frozen attempt.</summary>
internal sealed record ReclaimRequest(AttemptId Attempt, Bytes Amount);
