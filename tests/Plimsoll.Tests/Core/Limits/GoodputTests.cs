using System.Globalization;
using Plimsoll.Tests.Core.Limits.Queueing;
using Plimsoll.Tests.Core.Limits.Simulation;
using Plimsoll.Tests.Repository;
using Plimsoll.Tests.Support;
using Xunit;

namespace Plimsoll.Tests.Core.Limits;

/// <summary>How much of a provider's quota the limiter uses, in virtual time: a recorded hour of coding calls (Azure LLM inference trace 2023).</summary>
public sealed class GoodputTests
{
    private const double TraceTokensPerSecond = 5255;
    private static readonly string TraceFile = Path.Combine(RepositoryFiles.Root, "..", "shared", "data", "llm", "AzureLLMInferenceTrace_code.csv");

    [Theory]
    [InlineData(60, false, 1, 0.97, 0)]
    [InlineData(60, true, 1, 0.97, 0)]
    [InlineData(10, false, 1, 0.97, 0)]
    [InlineData(10, true, 1, 0.97, 0)]
    [InlineData(1, true, 1, 0.97, 1)]
    [InlineData(1, false, 1, 0.85, 25)]
    [InlineData(1, false, 10, 0.97, 1)]
    public void A_hundred_agents_use_the_quota_without_refusals(double depthSeconds, bool debt, double scale, double goodput, double refusedPerThousand)
    {
        var provider = new ModelBucket(TraceTokensPerSecond * scale, depthSeconds, debt);
        (List<(long, long)> calls, _) = Trace(1);
        var simulation = new QuotaSimulation(provider, calls, seed: 1);
        simulation.RunAgents(100, warmUpSeconds: 60, seconds: TestLevel.Count(660, 3660, 3660));
        Check(simulation, $"depth {depthSeconds} s, {(debt ? "debt" : "full bucket")}, quota x {scale}", provider, goodput, refusedPerThousand);
        Assert.InRange(FairQueueTests.Jain(simulation.UsedByAgent), 0.95, 1);
    }

    [Theory]
    [InlineData(1, 60)]
    [InlineData(2, 60)]
    [InlineData(4, 60)]
    [InlineData(1, 10)]
    [InlineData(2, 10)]
    [InlineData(4, 10)]
    public void The_recorded_hour_uses_the_quota_while_calls_wait(double speed, double depthSeconds)
    {
        var provider = new ModelBucket(TraceTokensPerSecond, depthSeconds, debt: false);
        (List<(long, long)> calls, List<double> arrivals) = Trace(speed);
        var simulation = new QuotaSimulation(provider, calls, seed: 1);
        simulation.Replay(arrivals, warmUpSeconds: 60);
        Check(simulation, $"replay x {speed}, depth {depthSeconds} s", provider, 0.97, 0);
    }

    [Theory]
    [InlineData(60, 350, 50)]
    [InlineData(10, 350, 50)]
    [InlineData(10, 350, 12)]
    [InlineData(5, 1500, 50)]
    public void Output_that_is_metered_fills_its_quota_though_nothing_is_reserved(double depthSeconds, double meanTokens, double tokensPerSecond)
    {
        const double rate = 400_000 / 60.0;
        var simulation = new OutputSimulation(rate, depthSeconds, meanTokens, tokensPerSecond);
        simulation.Run(warmUpSeconds: 120, seconds: 720);
        double seen = simulation.Charged / (rate * 600);
        double refused = 1000.0 * simulation.Refused / simulation.Sent;
        string figures = string.Create(
            CultureInfo.InvariantCulture,
            $"metered output, depth {depthSeconds} s, {meanTokens} tokens at {tokensPerSecond}/s: goodput {seen:0.0000}, {refused:0.00} refused per 1,000 of {simulation.Sent}");
        TestContext.Current.SendDiagnosticMessage(figures);
        Assert.True(seen >= 0.97 && refused == 0, figures);
    }

    private static void Check(QuotaSimulation simulation, string what, ModelBucket provider, double goodput, double refusedPerThousand)
    {
        double seen = simulation.Charged / (provider.Limit.PerSecond * simulation.BusySeconds);
        double refused = 1000.0 * simulation.Refused / simulation.Sent;
        string figures = string.Create(
            CultureInfo.InvariantCulture,
            $"{what}: goodput {seen:0.0000}, {refused:0.00} refused per 1,000 of {simulation.Sent}, busy {simulation.BusySeconds:0} s, burst {simulation.BurstSeconds:0.00} s, Jain {FairQueueTests.Jain(simulation.UsedByAgent):0.000}");
        TestContext.Current.SendDiagnosticMessage(figures);
        Assert.True(seen >= goodput && refused <= refusedPerThousand, figures);
        Assert.Equal(0, simulation.ExpiredHolds);
    }

    private static (List<(long Input, long Output)> Calls, List<double> Arrivals) Trace(double speed)
    {
        Component.RequirePath(TraceFile, "recorded calls in ../shared/data/llm");
        List<(long, long)> calls = [];
        List<double> arrivals = [];
        DateTime first = default;
        foreach (string line in File.ReadLines(TraceFile).Skip(1))
        {
            string[] cells = line.Split(',');
            var at = DateTime.Parse(cells[0], CultureInfo.InvariantCulture);
            first = first == default ? at : first;
            arrivals.Add((at - first).TotalSeconds / speed);
            calls.Add((long.Parse(cells[1], CultureInfo.InvariantCulture), long.Parse(cells[2], CultureInfo.InvariantCulture)));
        }

        return (calls, arrivals);
    }
}
