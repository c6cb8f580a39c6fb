using Plimsoll.Core.Units;

namespace Plimsoll.Engine.Isolation;

/// <summary>What one attempt may use at most; null = not limited.</summary>
/// <param name="Memory">Above this the attempt is ended.</param>
/// <param name="Cores">Share and upper bound of processor time.</param>
/// <param name="Processes">Processes and threads at once.</param>
public sealed record TaskLimits(Bytes? Memory, double? Cores, int? Processes)
{
    /// <summary>Swap space beside <see cref="Memory"/>; counts only together with it.</summary>
    public Bytes Swap { get; init; }

    public static TaskLimits None { get; } = new(null, null, null);

    internal bool Any => Memory is not null || Cores is not null || Processes is not null;
}
