using Plimsoll.Core.Units;

namespace Plimsoll.Core.Admission;

/// <summary><c>max(1, floor((total - reserve) / per_task))</c>.</summary>
/// <param name="Reserve">Memory kept for the host; null = 8 GB up to 16 GB total, 16 at 32, 32 at 64, 80 at 128, linear between.</param>
/// <param name="Requested">Concurrency asked for; more than the rule allows warns and is reduced. Null = as many as the rule allows.</param>
public sealed record ReserveConcurrency(Bytes PerTask, Bytes? Reserve, int? Requested, double? PauseAbove, TimeSpan CoolDown)
    : ConcurrencyPolicy(Requested, PauseAbove, CoolDown);
