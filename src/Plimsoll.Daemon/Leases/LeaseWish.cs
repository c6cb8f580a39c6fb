using Plimsoll.Plans.Submissions;

namespace Plimsoll.Daemon.Leases;

/// <summary>A lease that somebody asks for; checked, not yet accepted.</summary>
/// <param name="Work">No-op work with its memory, cores and locks.</param>
/// <param name="Wait">How long the asker waits for it.</param>
internal sealed record LeaseWish(SubmittedWork Work, TimeSpan Ttl, TimeSpan Wait, int? Priority, string? Purpose);
