using Plimsoll.Client.Runs;

namespace Plimsoll.Client.Gateways;

/// <summary>What all attempts of a task spent on models.</summary>
/// <param name="Id">Run and number of the task, <c>12.345</c>.</param>
public sealed record TaskCostView(string Id, string Name, ModelUsageView Usage);
