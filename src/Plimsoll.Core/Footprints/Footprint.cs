namespace Plimsoll.Core.Footprints;

/// <summary>What admission reckons an attempt with, in bytes: two levels, how often it is at the upper one, and the pages it shares.</summary>
/// <param name="Settled">Set aside for its whole life.</param>
/// <param name="Burst">What it may hold above that; shared with other bursts through the burst pool.</param>
/// <param name="Share">Of its life spent in bursts, 0..1.</param>
/// <param name="Mapped">Pages of its executable, needed once per node.</param>
/// <param name="Executable">Whose pages those are; 0 = not known.</param>
internal readonly record struct Footprint(long Settled, long Burst, double Share, long Mapped, ulong Executable)
{
    private const int PerOctave = 8;
    private const long MappedStep = 4L << 20;
    private const double ShareStep = 1.0 / 16;

    public static Footprint Flat(long settled) => new(settled, 0, 0, 0, 0);

    /// <summary>Rounds everything but the settled level up, so that classes with about the same numbers are looked at together.</summary>
    public Footprint Rounded()
    {
        double share = Burst > 0 ? Math.Min(1, Math.Ceiling(Math.Max(Share, 1e-6) / ShareStep) * ShareStep) : 0;
        long mapped = Executable == 0 ? 0 : (Mapped + MappedStep - 1) / MappedStep * MappedStep;
        return new Footprint(Settled, RoundUp(Burst), share, mapped, mapped > 0 ? Executable : 0);
    }

    /// <summary>To the next eighth of an octave; below 1 MiB to nothing, because a page more or less is no burst.</summary>
    private static long RoundUp(long burst)
    {
        if (burst < 1 << 20)
        {
            return 0;
        }

        int octave = 63 - (int)long.LeadingZeroCount(burst);
        long step = Math.Max(1, (1L << octave) / PerOctave);
        return (burst + step - 1) / step * step;
    }
}
