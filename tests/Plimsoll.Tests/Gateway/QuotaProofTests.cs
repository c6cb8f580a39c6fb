using Plimsoll.Tests.Gateway.Simulation;
using Plimsoll.Tests.Repository;
using Plimsoll.Tests.Support;
using Xunit;

namespace Plimsoll.Tests.Gateway;

/// <summary>How much of a quota the gateway uses, and how often it is refused: its own pipeline before the modelled provider, in virtual time.</summary>
public sealed class QuotaProofTests
{
    private static readonly string Folder = Path.Combine(RepositoryFiles.Root, "..", "shared", "data", "llm");

    public static TheoryData<string> Names => [.. Cases.Select(one => one.Name)];

    /// <summary>The replays of the recorded hour take a while.</summary>
    private static IEnumerable<FleetCase> Cases => TestLevel.Current == "quick" ? FleetCases.ClosedLoops : FleetCases.All;

    [Theory]
    [MemberData(nameof(Names))]
    public void A_fleet_uses_its_quota_and_is_not_refused(string name)
    {
        Component.RequirePath(Folder, "recorded calls in ../shared/data/llm");
        FleetCase one = FleetCases.All.Single(each => each.Name == name);

        // Some 900 large calls fit into five minutes: there the order of two of them moves the result by a hundredth.
        FleetResult result = one.Run(Folder, TestLevel.Count(1_200, 3_600, 3_600));
        TestContext.Current.SendDiagnosticMessage($"{name}: {result}");
        Assert.True(one.IsKept(result), $"{name}: {result}");
        Assert.Equal(0, result.ExpiredHolds);
    }

    [Fact]
    public void Knowing_what_the_cache_holds_is_worth_half_as_much_again()
    {
        Component.RequirePath(Folder, "recorded calls in ../shared/data/llm");
        FleetResult blind = FleetCases.Prefixes(Folder, aware: false);
        FleetResult aware = FleetCases.Prefixes(Folder, aware: true);
        TestContext.Current.SendDiagnosticMessage($"blind {blind.Span.TotalSeconds:0} s, {blind.Refused} x 429; aware {aware.Span.TotalSeconds:0} s, {aware.Refused} x 429");
        Assert.True(blind.Span >= 1.5 * aware.Span, $"{aware.Span} against {blind.Span}");
        Assert.InRange(aware.Refused, 0, 5);
    }
}
