namespace Plimsoll.Calibration.Stress;

/// <summary>How many jobs are kept alive over time, as a share of what is safe.</summary>
/// <param name="Base">Share of the safe number.</param>
/// <param name="Spike">Share during a spike; 0 = there are none.</param>
/// <param name="Default">How long it lasts when nobody says.</param>
public sealed record LoadProfile(string Name, double Base, double Spike, TimeSpan Default)
{
    private const double Spikes = 4;
    private const double SpikeShare = 0.25;

    public static IReadOnlyList<LoadProfile> All { get; } =
    [
        new("light", 0.25, 0, TimeSpan.FromMinutes(5)),
        new("medium", 0.6, 0, TimeSpan.FromMinutes(10)),
        new("heavy", 1, 0, TimeSpan.FromMinutes(10)),
        new("spike", 0.25, 1.5, TimeSpan.FromMinutes(10)),
        new("endurance", 0.75, 0, TimeSpan.FromHours(8)),
    ];

    public static LoadProfile? Find(string name) => All.FirstOrDefault(profile => profile.Name == name);

    /// <summary>Jobs alive at this moment, at least 1.</summary>
    public int Width(TimeSpan elapsed, TimeSpan duration, int safe)
    {
        double phase = elapsed / duration * Spikes % 1;
        double share = Spike > 0 && phase >= 1 - SpikeShare ? Spike : Base;
        return Math.Max(1, (int)Math.Round(share * safe));
    }
}
