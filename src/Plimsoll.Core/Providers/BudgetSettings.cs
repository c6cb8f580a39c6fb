namespace Plimsoll.Core.Providers;

/// <summary>Most that may be spent, in millionths of a US dollar; null: no bound.</summary>
/// <param name="PerTask">By all attempts of one task.</param>
/// <param name="PerRun">By all tasks of one run.</param>
/// <param name="PerDay">By this gateway within a day (UTC).</param>
public sealed record BudgetSettings(long? PerTask = null, long? PerRun = null, long? PerDay = null);
