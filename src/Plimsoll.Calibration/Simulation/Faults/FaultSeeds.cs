namespace Plimsoll.Calibration.Simulation.Faults;

/// <summary>Runs seeds of fault simulation one after the other.</summary>
public static class FaultSeeds
{
    /// <param name="each">Told of every seed as it is done.</param>
    public static IEnumerable<FaultRun> Run(int first, int count, Action<FaultRun>? each, CancellationToken cancellationToken)
    {
        for (int seed = first; seed < first + count; seed++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            FaultRun run = new FaultWorld(seed).Run();
            each?.Invoke(run);
            yield return run;
        }
    }
}
