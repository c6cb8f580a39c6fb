using Plimsoll.Client.Benchmarks;
using Plimsoll.Daemon.Calibrating;
using Plimsoll.Daemon.Requests;
using Xunit;

namespace Plimsoll.Tests.Daemon.Calibrating;

public sealed class ProviderRunsTests
{
    private static readonly ModelledProviderRequest Plain = new(
        "anthropic", new Dictionary<string, string>(), null, null, null, null, null, null, null, null, null, [], null, Steady: false, Seed: 1, Port: 0);

    [Fact]
    public async Task It_says_where_it_listens_and_at_the_end_what_it_charged()
    {
        ModelledProviderRequest request = Plain with
        {
            Limits = new Dictionary<string, string> { ["rpm"] = "1k", ["otpm"] = "0.5M" },
            FirstToken = "0.001",
            Speed = "1000:0",
            Output = "10",
        };
        ProviderReportView report = await ServeAsync(request, """{"model":"large","messages":[]}""");
        Assert.Equal((1, 0), (report.Requests, report.RateLimited));
        Assert.Equal(("rpm", 1_000L, 1L), report.Limits.Where(limit => limit.Name == "rpm").Select(limit => (limit.Name, limit.Limit, limit.Charged)).Single());
        ProviderLimitView output = report.Limits.Single(limit => limit.Name == "otpm");
        Assert.Equal(500_000, output.Limit);
        // A token each millisecond is charged when it is due; the report may be asked for a moment before the last ones.
        Assert.InRange(output.Charged, 5, 10);
    }

    [Fact]
    public async Task Steady_it_answers_anything()
    {
        ProviderReportView report = await ServeAsync(Plain with { Steady = true }, "no JSON");
        Assert.Equal(1, report.Requests);
        Assert.Null(report.Goodput);
    }

    [Fact]
    public async Task Everything_wrong_is_named_at_once()
    {
        ModelledProviderRequest request = Plain with
        {
            Kind = "acme",
            Limits = new Dictionary<string, string> { ["rpm"] = "many" },
            Charging = "min",
            Acceleration = "fast",
            FirstToken = "1:2:3",
            Faults = ["quake=1"],
            Depth = TimeSpan.FromHours(1),
        };
        Outcome<ProviderReportView> refused = await ProviderRuns.RunAsync(request, TimeProvider.System, _ => { }, TestContext.Current.CancellationToken);
        Assert.False(refused.TryGet(out _, out Refusal? refusal));
        Assert.Equal(ExitCode.Invalid, refusal.Code);
        Assert.All(["acme", "many", "min", "fast", "1:2:3", "quake=1", "3600"], word => Assert.Contains(word, refusal.Message, StringComparison.Ordinal));
    }

    private static async Task<ProviderReportView> ServeAsync(ModelledProviderRequest request, string body)
    {
        using CancellationTokenSource end = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        TaskCompletionSource<string> url = new(TaskCreationOptions.RunContinuationsAsynchronously);
        Task<Outcome<ProviderReportView>> serving = ProviderRuns.RunAsync(request, TimeProvider.System, ready => url.SetResult(ready.Url), end.Token);
        using HttpClient client = new() { BaseAddress = new(await url.Task.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken)) };
        using HttpResponseMessage response = await client.PostAsync(new Uri("/v1/messages", UriKind.Relative), new StringContent(body), TestContext.Current.CancellationToken);
        Assert.True(response.IsSuccessStatusCode);
        await end.CancelAsync();
        Assert.True((await serving).TryGet(out ProviderReportView? report, out _));
        return report;
    }
}
