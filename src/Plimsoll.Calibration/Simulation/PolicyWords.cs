using System.Globalization;
using Plimsoll.Core.Admission;
using Plimsoll.Core.Capacity;
using Plimsoll.Core.Units;

namespace Plimsoll.Calibration.Simulation;

/// <summary>The words by which policies and placements are named.</summary>
public static class PolicyWords
{
    public const string Policies = "load-line, oracle, fixed:N, guarded:N, tiers, formula[:SIZE], reserve[:SIZE]";
    private const int MostFormula = 8;
    private static readonly TimeSpan CoolDown = TimeSpan.FromSeconds(3);
    private static readonly Bytes PerTask = Bytes.FromMebibytes(1536);

    private static readonly Dictionary<string, PlacementStrategy> Strategies = new(StringComparer.Ordinal)
    {
        ["best-fit"] = PlacementStrategy.BestFit,
        ["round-robin"] = PlacementStrategy.RoundRobin,
        ["least-loaded"] = PlacementStrategy.LeastLoaded,
        ["weighted-round-robin"] = PlacementStrategy.WeightedRoundRobin,
        ["capability"] = PlacementStrategy.CapabilityBased,
    };

    public static string Placements => string.Join(", ", Strategies.Keys);

    public static string Of(PlacementStrategy strategy) => Strategies.First(pair => pair.Value == strategy).Key;

    public static PlacementStrategy? Placement(string word) => Strategies.TryGetValue(word, out PlacementStrategy found) ? found : null;

    /// <summary>Null when there is no such policy, or its number is none from 1 to 1024, or its size none.</summary>
    public static SimulatedPolicy? Policy(string word)
    {
        string[] parts = word.Split(':', 2);
        string? value = parts.Length > 1 ? parts[1] : null;
        return parts[0] switch
        {
            "load-line" when value is null => SimulatedPolicy.LoadLine,
            "oracle" when value is null => SimulatedPolicy.Oracle,
            "fixed" when Count(value) is { } count => new SimulatedPolicy(word, new FixedConcurrency(count, false, null, CoolDown), false),
            "guarded" when Count(value) is { } count => new SimulatedPolicy(word, new FixedConcurrency(count, true, null, CoolDown), false),
            "tiers" when value is null => new SimulatedPolicy(word, new TiersConcurrency(null, null, CoolDown), false),
            "formula" when Size(value) is { } size => new SimulatedPolicy(word, new FormulaConcurrency(size, MostFormula, null, CoolDown), false),
            "reserve" when Size(value) is { } size => new SimulatedPolicy(word, new ReserveConcurrency(size, null, null, null, CoolDown), false),
            _ => null,
        };
    }

    private static int? Count(string? text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int count) && count is >= 1 and <= 1024 ? count : null;

    private static Bytes? Size(string? text) => text is null ? PerTask : Bytes.TryParse(text, out Bytes size) && size.Value > 0 ? size : null;
}
