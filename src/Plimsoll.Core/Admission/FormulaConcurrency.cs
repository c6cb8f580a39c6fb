using Plimsoll.Core.Units;

namespace Plimsoll.Core.Admission;

/// <summary><c>max(1, min(max, floor(available / per_task)))</c>; 1.5 GB and 8 by default.</summary>
public sealed record FormulaConcurrency(Bytes PerTask, int Max, double? PauseAbove, TimeSpan CoolDown)
    : ConcurrencyPolicy(Max, PauseAbove, CoolDown);
