namespace Plimsoll.Calibration.Simulation.Machines;

/// <summary>A node goes with everything on it, and comes back empty.</summary>
/// <param name="Back">Null = never.</param>
public readonly record struct NodeOutage(int Node, TimeSpan At, TimeSpan? Back)
{
    /// <summary>Outages of a Poisson process per node.</summary>
    /// <param name="meanBetween">Mean time between failures of one node.</param>
    /// <param name="until">None begins later.</param>
    public static IReadOnlyList<NodeOutage> Poisson(int nodes, TimeSpan meanBetween, TimeSpan repair, TimeSpan until, int seed)
    {
        var random = new Random(seed);
        List<NodeOutage> outages = [];
        for (int node = 0; node < nodes; node++)
        {
            double at = 0;
            while (true)
            {
                at += -meanBetween.TotalSeconds * Math.Log(1 - random.NextDouble());
                if (at >= until.TotalSeconds)
                {
                    break;
                }

                outages.Add(new NodeOutage(node, TimeSpan.FromSeconds(at), TimeSpan.FromSeconds(at) + repair));
                at += repair.TotalSeconds;
            }
        }

        return outages;
    }
}
