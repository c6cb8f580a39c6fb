using Plimsoll.Calibration.ProviderModel.Accounts;
using Plimsoll.Calibration.ProviderModel.Draws;
using Plimsoll.Calibration.ProviderModel.Quotas;
using Plimsoll.Core.Limits;
using Plimsoll.Core.Providers;

namespace Plimsoll.Tests.Gateway.Simulation;

/// <summary>The cases by which the use of a quota is judged.</summary>
internal static class FleetCases
{
    /// <summary>Mean of the recorded hour, tokens of input.</summary>
    private const long PerMinute = 5_255 * 60;
    private const long MaxTokens = 256;
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(60);

    /// <summary>Closed loop of a hundred agents, with an urgent call of half a second of quota every seven seconds.</summary>
    public static IEnumerable<FleetCase> ClosedLoops =>
        from account in Accounts
        from depth in (int[])[60, 10, 1]
        from debt in (bool[])[true, false]
        select new FleetCase(
            $"100 agents, {account.Name}, depth {depth} s, {(debt ? "debt" : "full bucket")}",
            depth > 1 || debt ? 0.97 : 0.85,
            depth > 1 ? 0 : debt ? 1 : 25,
            (folder, seconds) =>
            {
                using FleetSimulation fleet = new(Options(account, depth, debt) with { UrgentEvery = TimeSpan.FromSeconds(7), UrgentInput = PerMinute / 60 / 2 }, RecordedTraces.Azure(folder).Calls);
                return fleet.RunAgents(100, WarmUp, TimeSpan.FromSeconds(seconds));
            })
        {
            IsClosed = true,
            IsShallow = depth == 1,
        };

    /// <summary>Calls of a tenth of the size, so that the mean is 0.039 s of quota: as much is then asked of a depth of 1 s as of others.</summary>
    public static IEnumerable<FleetCase> Small =>
        from account in Accounts
        select new FleetCase(
            $"100 agents, {account.Name}, depth 1 s, full bucket, small calls",
            0.97,
            1,
            (folder, seconds) =>
            {
                FleetCall[] small = [.. RecordedTraces.Azure(folder).Calls.Select(call => call with { Input = Math.Max(1, call.Input / 10) })];
                FleetOptions options = Options(account, 1, debt: false);
                using FleetSimulation fleet = new(options with { MaxTokens = options.MaxTokens / 10 }, small);
                return fleet.RunAgents(100, WarmUp, TimeSpan.FromSeconds(seconds));
            });

    /// <summary>The recorded hour at its own, at twice and at four times its speed.</summary>
    public static IEnumerable<FleetCase> Replays =>
        from account in Accounts
        from speed in (int[])[1, 2, 4]
        from depth in (int[])[60, 10, 1]
        from debt in (bool[])[true, false]
        select new FleetCase(
            $"replay x {speed}, {account.Name}, depth {depth} s, {(debt ? "debt" : "full bucket")}",
            depth > 1 || debt ? 0.97 : 0.85,
            depth > 1 ? 0 : debt ? 1 : 25,
            (folder, _) =>
            {
                (IReadOnlyList<FleetCall> calls, IReadOnlyList<double> arrivals) = RecordedTraces.Azure(folder);
                using FleetSimulation fleet = new(Options(account, depth, debt), calls);
                return fleet.Replay(arrivals, speed, WarmUp);
            })
        {
            IsShallow = depth == 1,
        };

    public static IEnumerable<FleetCase> All => [.. ClosedLoops, .. Small, .. Replays];

    private static (string Name, bool Anthropic, TokenCharging Charging, long Limit)[] Accounts =>
    [
        ("Anthropic", true, TokenCharging.Max, PerMinute),
        ("OpenAI max", false, TokenCharging.Max, PerMinute),
        ("OpenAI sum", false, TokenCharging.Sum, PerMinute),
    ];

    /// <summary>Long prompts that share their beginnings, each sent once.</summary>
    /// <param name="aware">Whether cache reads are known to be free.</param>
    public static FleetResult Prefixes(string folder, bool aware)
    {
        QuotaLimits limits = new(InputTokensPerMinute: 1_500_000);
        using FleetSimulation fleet = new(
            new(Timed(ProviderOptions.Anthropic(limits)), QuotaDimension.InputTokens, new("*", InputTokens: Rate.PerMinute(1_500_000))) { KnowsCache = aware, SizeSpread = 0 },
            RecordedTraces.Mooncake(folder));
        return fleet.RunOnce(100);
    }

    private static FleetOptions Options((string Name, bool Anthropic, TokenCharging Charging, long Limit) account, int depth, bool debt)
    {
        ProviderOptions provider = account.Anthropic
            ? ProviderOptions.Anthropic(new(InputTokensPerMinute: account.Limit))
            : ProviderOptions.OpenAI(new(TokensPerMinute: account.Limit)) with { Charging = account.Charging };
        provider = Timed(provider) with
        {
            Shape = new(TimeSpan.FromSeconds(depth), Windowed: false, debt ? OversizePolicy.Debt : OversizePolicy.FullBucket),
        };
        QuotaSettings told = account.Anthropic ? new("*", InputTokens: Rate.PerMinute(account.Limit)) : new("*", TotalTokens: Rate.PerMinute(account.Limit));
        return new(provider, account.Anthropic ? QuotaDimension.InputTokens : QuotaDimension.Tokens, told) { MaxTokens = account.Anthropic ? null : MaxTokens };
    }

    private static ProviderOptions Timed(ProviderOptions provider) =>
        provider with { FirstTokenSeconds = new(0.4, 0.2, 0.2, 2), TokensPerSecond = Spread.Always(60), TokensPerEvent = 32 };
}
