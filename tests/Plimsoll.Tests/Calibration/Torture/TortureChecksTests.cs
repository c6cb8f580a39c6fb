using Plimsoll.Calibration.Torture.Contenders;
using Plimsoll.Calibration.Torture.Loads;
using Plimsoll.Calibration.Torture.Reporting;
using Xunit;

namespace Plimsoll.Tests.Calibration.Torture;

public sealed class TortureChecksTests
{
    private static readonly ContenderResult Clean =
        new("xargs -P 4", ContenderKind.StaticWidth, 4, 10, 10, 20, 0, 0, 0, 0, 0, 0, 0, 0, 4, 3.5, null);

    private static readonly ContenderResult Control = Clean with { Name = "control", Kind = ContenderKind.Control, Succeeded = 3, HostKills = 7 };

    private static readonly ContenderResult First = Clean with { Name = "first", Kind = ContenderKind.PlimsollFirst, MakespanSeconds = 25 };

    private static readonly ContenderResult Again = Clean with { Name = "again", Kind = ContenderKind.PlimsollAgain, MakespanSeconds = 20 };

    [Fact]
    public void Everything_is_met_when_the_control_fails_and_plimsoll_is_as_good_as_the_best_width()
    {
        IReadOnlyList<TortureCheck> checks = TortureChecks.Of(TortureTargets.OneAgent, [First, Again, Control, Clean]);
        Assert.All(checks, check => Assert.True(check.Met, check.What));
        Assert.Equal(7, checks.Count);
    }

    [Fact]
    public void A_control_that_survives_is_a_missed_target() =>
        Assert.False(Met([Again, Clean, Control with { Succeeded = 10, HostKills = 0 }], "the control fails"));

    [Fact]
    public void On_a_mixed_load_the_best_width_must_be_beaten()
    {
        Assert.False(Met([First, Again, Clean], "/ best static width < 1.00"));
        Assert.True(Met([First, Again with { MakespanSeconds = 19.9 }, Clean], "/ best static width < 1.00"));
    }

    [Fact]
    public void A_width_that_did_harm_is_not_the_best()
    {
        ContenderResult harmful = Clean with { Width = 8, MakespanSeconds = 5, HostKills = 1 };
        Assert.Equal(Clean, SeedReport.Best([harmful, Clean]));
        Assert.Null(SeedReport.Best([harmful, Again]));
        Assert.Equal(22, SeedReport.Best([Clean, Clean with { MakespanSeconds = 24 }])!.MakespanSeconds);
        Assert.Null(SeedReport.Best([Clean, Clean with { HostKills = 1 }]));
    }

    [Fact]
    public void Learning_is_measured_against_the_first_run()
    {
        Assert.True(Met([First, Again, Clean], "/ first run"));
        Assert.False(Met([First with { MakespanSeconds = 22 }, Again, Clean], "/ first run"));
    }

    [Fact]
    public void Without_a_static_width_the_ratio_stays_open() => Assert.Null(Met([First, Again], "/ best static width"));

    [Fact]
    public void A_kill_a_livelock_of_two_seconds_or_a_missing_job_is_not_clean()
    {
        Assert.False((Again with { HostKills = 1 }).IsClean);
        Assert.False((Again with { LivelockSeconds = 2, LongestLivelockSeconds = 2 }).IsClean);
        Assert.True((Again with { LivelockSeconds = 2, LongestLivelockSeconds = 1 }).IsClean);
        Assert.False((Again with { Succeeded = 9 }).IsClean);
        Assert.True((Again with { TaskKills = 3 }).IsClean);
    }

    private static bool? Met(IReadOnlyList<ContenderResult> results, string what) =>
        TortureChecks.Of(TortureTargets.Mixed, results).First(check => check.What.Contains(what, StringComparison.Ordinal)).Met;
}
