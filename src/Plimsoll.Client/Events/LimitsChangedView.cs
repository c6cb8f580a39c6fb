using Plimsoll.Client.Runs;

namespace Plimsoll.Client.Events;

/// <summary>The limits of a service were retuned.</summary>
public sealed record LimitsChangedView(DateTimeOffset At, int Run, LimitsView Limits) : RunEventView(At, Run);
