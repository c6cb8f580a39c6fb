using Plimsoll.Calibration.ProviderModel.Draws;

namespace Plimsoll.Calibration.ProviderModel.Faults;

/// <summary>Decides which fault an arrival meets; the same for the same seed and order of arrival.</summary>
internal sealed class FaultDice(FaultOptions options, long seed)
{
    private readonly (FaultKind Kind, double UpTo)[] shares = Cumulated(options);

    /// <param name="arrival">From 0.</param>
    public Fault Roll(long arrival)
    {
        SeededDraws draws = new(seed, DrawStream.Fault, arrival);
        double kind = draws.NextShare();
        double at = draws.NextShare();
        return new(arrival < options.Script.Count ? options.Script[(int)arrival] : Chosen(kind), at);
    }

    private FaultKind Chosen(double drawn)
    {
        foreach ((FaultKind kind, double upTo) in shares)
        {
            if (drawn < upTo)
                return kind;
        }

        return FaultKind.None;
    }

    private static (FaultKind Kind, double UpTo)[] Cumulated(FaultOptions options)
    {
        double sum = 0;
        return [.. options.Shares.Where(share => share.Key != FaultKind.None).OrderBy(share => share.Key).Select(share => (share.Key, sum += share.Value))];
    }
}
