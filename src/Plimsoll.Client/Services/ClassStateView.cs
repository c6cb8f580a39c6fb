using Plimsoll.Client.Runs;

namespace Plimsoll.Client.Services;

/// <summary>A class of tasks: what happens in it now, and what was learned of it.</summary>
/// <param name="Live">Its tasks that hold capacity.</param>
/// <param name="Ready">Its tasks that could run and do not.</param>
/// <param name="Width">How many may run at once after trouble with memory; null = not limited.</param>
/// <param name="Learned">Null while none was measured.</param>
public sealed record ClassStateView(string Class, int Live, long Ready, int? Width, BreakerView Breaker, ClassView? Learned);
