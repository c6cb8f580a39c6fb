using Plimsoll.Core.Units;

namespace Plimsoll.Core.Footprints;

/// <summary>A class's profile in numbers for people: what admission reckons its next attempt with, and what is known besides.</summary>
/// <param name="Settled">Set aside for an attempt's whole life.</param>
/// <param name="Burst">What it may hold above that.</param>
/// <param name="BurstShare">Of its life, 0..1.</param>
/// <param name="Mapped">Pages it shares with others of its executable.</param>
/// <param name="TimeToSettle">90 % quantile.</param>
/// <param name="FastestRise">Bytes per second, 90 % quantile.</param>
/// <param name="StartCpu">Median.</param>
/// <param name="LongDuration">90 % quantile.</param>
public sealed record ProfileSummary(
    Bytes Settled,
    Bytes Burst,
    double BurstShare,
    Bytes Mapped,
    TimeSpan TimeToSettle,
    Bytes FastestRise,
    TimeSpan StartCpu,
    TimeSpan MedianDuration,
    TimeSpan LongDuration)
{
    /// <summary>True when memory follows the size of the input: the levels are then those of a task that tells none.</summary>
    public bool FollowsSize { get; init; }

    /// <exception cref="ArgumentException">The profile has no samples.</exception>
    public static ProfileSummary Of(ProfileSnapshot saved)
    {
        if (saved.Samples.IsDefaultOrEmpty)
        {
            throw new ArgumentException("a profile without samples says nothing", nameof(saved));
        }

        var profile = new ClassProfile(new HostProfile());
        profile.Load(saved);
        Footprint reckoned = profile.Footprint;
        return new ProfileSummary(
            new Bytes(reckoned.Settled),
            new Bytes(reckoned.Burst),
            reckoned.Share,
            new Bytes(reckoned.Mapped),
            profile.TimeToSettle,
            profile.FastestRise,
            profile.StartCpu,
            profile.DurationQuantile(0.5),
            profile.DurationQuantile(0.9))
        {
            FollowsSize = profile.FollowsSize,
        };
    }
}
