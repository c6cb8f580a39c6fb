using Plimsoll.Core.Identity;
using Plimsoll.Core.Lifecycle;

namespace Plimsoll.Calibration.Simulation.Faults;

/// <summary>How attempts end by themselves: decided by seed, task and number alone, so that another order of starts changes nothing.</summary>
internal sealed class FaultScript(int seed, IReadOnlySet<int> failFirst)
{
    private const double LongestSeconds = 8;
    private static readonly ExitReport Killed = new(null, 9, null, false, default, default, null);

    /// <param name="lasts">Null = until it is ended.</param>
    public ExitReport Of(AttemptId attempt, out TimeSpan? lasts, out FaultKind? fault)
    {
        var random = new Random(HashOf(attempt));
        lasts = TimeSpan.FromSeconds(0.1 + (random.NextDouble() * LongestSeconds));
        int draw = random.Next(14);
        if (failFirst.Contains(attempt.Task.Ordinal))
        {
            // One failure that is certain, and then a success: whoever forgets to try again is found out.
            draw = attempt.Number == 1 ? 0 : 13;
        }

        switch (draw)
        {
            case 0 or 1:
                fault = FaultKind.TaskCrash;
                return ExitReport.Exited(1);
            case 2:
                fault = FaultKind.OutOfMemory;
                return Killed with { Evidence = MemoryEnd.OwnLimit };
            case 3:
                (fault, lasts) = (FaultKind.Hang, null);
                return Killed;
            case 4:
                (fault, lasts) = (FaultKind.StartFailure, TimeSpan.Zero);
                return ExitReport.NotStarted("no such file");
            case 5:
                fault = FaultKind.OutsideKill;
                return Killed;
            default:
                fault = null;
                return ExitReport.Success;
        }
    }

    private int HashOf(AttemptId attempt)
    {
        ulong mixed = ((ulong)(uint)seed << 40) ^ ((ulong)(uint)attempt.Task.Ordinal << 20) ^ ((ulong)attempt.Task.Run.Value << 32) ^ (uint)attempt.Number;
        mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9UL;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EBUL;
        return (int)(mixed >> 33);
    }
}
