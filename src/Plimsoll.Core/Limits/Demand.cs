using Plimsoll.Core.Limits.Learning;

namespace Plimsoll.Core.Limits;

/// <summary>What a request is expected to need before it is sent.</summary>
/// <param name="Amounts">What is charged at the start.</param>
/// <param name="Output">The output to expect; used where output is metered as it is produced.</param>
public readonly record struct Demand(Amounts Amounts, OutputEstimate Output = default);
