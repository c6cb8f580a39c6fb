namespace Plimsoll.Core.Capacity;

/// <summary>Share of the last second in which work stalled for want of memory (PSI), 0..1.</summary>
/// <param name="Some">At least one task stalled.</param>
/// <param name="Full">All non-idle tasks stalled at once.</param>
/// <remarks>See Documentation/accounting/psi.rst of the kernel; taken from the change of <c>total</c>, because avg10 lags by 10 s.</remarks>
public readonly record struct PressureSample(double Some, double Full);
