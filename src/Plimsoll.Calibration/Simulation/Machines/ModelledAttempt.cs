using Plimsoll.Calibration.Simulation.Loads;
using Plimsoll.Core.Capacity;
using Plimsoll.Core.Footprints;
using Plimsoll.Core.Identity;
using Plimsoll.Core.Lifecycle;
using Plimsoll.Core.Units;

namespace Plimsoll.Calibration.Simulation.Machines;

/// <summary>An attempt as it lives on a modelled node.</summary>
internal sealed class ModelledAttempt(AttemptId attempt, SimulatedWork work, DateTimeOffset began, double cores)
{
    private const int FailedExit = 1;
    private double agedSeconds;
    private DateTimeOffset agedAt = began;

    public AttemptId Attempt { get; } = attempt;

    public SimulatedWork Work { get; } = work;

    /// <summary>When its work begins: after the start latency.</summary>
    public DateTimeOffset Began { get; } = began;

    public double Cores { get; } = cores;

    /// <summary>Rises whenever its end moves.</summary>
    public int Version { get; private set; }

    public bool IsFrozen { get; private set; }

    public FootprintMeter Meter => field ??= new FootprintMeter();

    public DateTimeOffset EndsAt => agedAt + TimeSpan.FromSeconds(Math.Max(0, Work.Seconds - agedSeconds));

    /// <summary>Its life without the time it was frozen.</summary>
    public double Age(DateTimeOffset now) => IsFrozen || now < agedAt ? agedSeconds : agedSeconds + (now - agedAt).TotalSeconds;

    public long Bytes(DateTimeOffset now) => now < Began ? 0 : Work.BytesAt(Age(now));

    public double SteadyFor(DateTimeOffset now) => IsFrozen ? double.MaxValue : now < Began ? (Began - now).TotalSeconds : Work.SteadyFor(Age(now));

    public void Freeze(DateTimeOffset now, bool isFrozen)
    {
        if (IsFrozen != isFrozen)
        {
            agedSeconds = Age(now);
            agedAt = now > Began ? now : Began;
            IsFrozen = isFrozen;
            Version++;
        }
    }

    public TaskSample Sample(DateTimeOffset now) => new(Attempt, new Bytes(Bytes(now)), default, 0, default, IsFrozen);

    /// <summary>What is seen of its end.</summary>
    /// <param name="isRead">True when it was measured by readings; otherwise its true memory is told.</param>
    public ExitReport Report(DateTimeOffset now, bool isRead) => Ending() with
    {
        PeakResident = isRead ? default : new Bytes(Work.PeakBytes),
        Footprint = isRead ? Meter.Finish(now > Began ? now - Began : TimeSpan.Zero) : null,
    };

    private ExitReport Ending() => Attempt.Number <= Work.Failures ? ExitReport.Exited(FailedExit) : ExitReport.Success;
}
