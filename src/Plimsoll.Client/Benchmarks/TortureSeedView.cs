namespace Plimsoll.Client.Benchmarks;

/// <summary>All contenders on the load of one seed.</summary>
/// <param name="BoundSeconds">The packing bound; null for real programs.</param>
/// <param name="BestStaticSeconds">Shortest makespan of a static width that did no harm; null = none was clean or none was tried.</param>
public sealed record TortureSeedView(
    int Seed,
    string Load,
    double? BoundSeconds,
    double? BestStaticSeconds,
    IReadOnlyList<TortureContenderView> Contenders,
    IReadOnlyList<TortureCheckView> Checks);
