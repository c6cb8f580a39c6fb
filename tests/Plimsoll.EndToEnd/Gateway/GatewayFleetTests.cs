using System.Text.Json;
using Plimsoll.Calibration.ProviderModel.Accounts;
using Plimsoll.Calibration.ProviderModel.Draws;
using Plimsoll.Calibration.ProviderModel.Quotas;
using Plimsoll.Calibration.ProviderModel.Serving;
using Plimsoll.EndToEnd.Readme;
using Plimsoll.EndToEnd.Support;
using Plimsoll.Tests.Repository;
using Xunit;

namespace Plimsoll.EndToEnd.Gateway;

/// <summary>The real executable between stand-in agents and a modelled provider.</summary>
public sealed class GatewayFleetTests
{
    private const string RealKey = "sk-real-4711-0815";

    /// <summary>Asks once, as Claude Code would be told to, and keeps what it got.</summary>
    private const string Claude = """
        #!/bin/bash
        env > "env-$PLIMSOLL_TASK"
        [ ! -e wait ] || { touch "begun-$PLIMSOLL_TASK"; sleep 600; }
        address=${ANTHROPIC_BASE_URL#http://}
        body='{"model":"claude-x","max_tokens":64,"messages":[{"role":"user","content":"hello from '"$PLIMSOLL_TASK"'"}]}'
        exec 3<>"/dev/tcp/${address%:*}/${address#*:}" || exit 9
        printf 'POST /v1/messages HTTP/1.1\r\nHost: x\r\nConnection: close\r\nAuthorization: Bearer %s\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s' "$ANTHROPIC_AUTH_TOKEN" "${#body}" "$body" >&3
        cat <&3 > "answer-$PLIMSOLL_TASK"
        head -1 "answer-$PLIMSOLL_TASK" | grep -q ' 200 '
        """;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Twenty_agents_share_one_quota_and_none_sees_a_refusal()
    {
        using ProviderServer provider = Provider(new QuotaLimits(RequestsPerMinute: 600));
        using TemporaryProject project = Project(provider);
        project.Write("plan.yaml", "tasks: { ask: { agent: claude, prompt: hello, matrix: { n: [1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20] } } }\n");
        ProcessResult run = (await project.PlimsollAsync("run", "plan.yaml")).Ended(0);
        Assert.Contains("models: 20 calls", run.Stdout, StringComparison.Ordinal);
        Assert.Equal((20, 0), (provider.Report().Requests, provider.Report().RateLimited));

        using JsonDocument runs = JsonDocument.Parse((await project.PlimsollAsync("status", "--json")).Ended(0).Stdout);
        JsonElement usage = runs.RootElement[0].GetProperty("usage");
        Assert.Equal(20, usage.GetProperty("calls").GetInt64());
        Assert.True(usage.GetProperty("dollars").GetDouble() > 0);
        using JsonDocument tasks = JsonDocument.Parse((await project.PlimsollAsync("status", "1", "--json")).Ended(0).Stdout);
        Assert.All(tasks.RootElement.EnumerateArray(), task => Assert.Equal(1, task.GetProperty("usage").GetProperty("calls").GetInt64()));
        Assert.Contains("tokens", (await project.PlimsollAsync("status")).Ended(0).Stdout, StringComparison.Ordinal);
        Assert.Equal(20, Keys(project).Distinct(StringComparer.Ordinal).Count());
        NothingHolds(project, RealKey);
    }

    [Fact]
    public async Task After_a_crash_no_key_works_and_a_resume_makes_new_ones()
    {
        using ProviderServer provider = Provider(new QuotaLimits());
        using TemporaryProject project = Project(provider);
        project.Write("plan.yaml", "tasks: { first: { llm: { model: claude-x, prompt: hello } }, ask: { needs: [first], agent: claude, prompt: hello } }\n");
        project.Write("wait", "");
        using (RunningProcess crashing = project.Start("run", "plan.yaml"))
        {
            await TemporaryProject.UntilAsync(() => File.Exists(project.PathOf("begun-ask")), "the agent begins");
            await TemporaryProject.UntilAsync(() => Usage(project, "first") > 0, "the first call is in the journal");
            crashing.Send(Signal.Kill);
            await crashing.WaitAsync(Cancel);
        }

        string before = Keys(project).Single();
        File.Delete(project.PathOf("wait"));
        (await project.PlimsollAsync("resume")).Ended(0);
        Assert.NotEqual(before, Keys(project).Single());
        Assert.Equal(2, provider.Report().Requests);
        Assert.Equal(1, Usage(project, "first"));
        Assert.Equal(1, Usage(project, "ask"));
        await project.NothingRunsAsync();
    }

    [Fact]
    public async Task Alone_it_serves_the_configured_keys_until_it_is_told_to_stop()
    {
        using ProviderServer provider = Provider(new QuotaLimits());
        using TemporaryProject project = Project(provider, "gateway: { keys: { editor: { key: { from: EDITOR_KEY } } } }\n");
        const string key = "editor-key-0123456789-0123456789";
        project.Environment["EDITOR_KEY"] = key;
        using RunningProcess gateway = project.Start("gateway", "--json");
        await TemporaryProject.UntilAsync(() => gateway.Seen.Contains('\n', StringComparison.Ordinal), "the gateway listens");
        using JsonDocument ready = JsonDocument.Parse(gateway.Seen.Split('\n')[0]);
        Assert.Equal("editor", ready.RootElement.GetProperty("keys")[0].GetString());

        using HttpClient client = new();
        using HttpRequestMessage request = new(HttpMethod.Post, $"{ready.RootElement.GetProperty("url").GetString()}/v1/messages")
        {
            Content = new StringContent("""{"model":"claude-x","max_tokens":20,"messages":[{"role":"user","content":"hello"}]}"""),
        };
        request.Headers.Add("x-api-key", key);
        using HttpResponseMessage answer = await client.SendAsync(request, Cancel);
        answer.EnsureSuccessStatusCode();

        gateway.Send(Signal.Terminate);
        ProcessResult ended = (await gateway.WaitAsync(Cancel)).Ended(143);
        using JsonDocument report = JsonDocument.Parse(ended.Stdout.Trim().Split('\n')[^1]);
        Assert.Equal(1, report.RootElement.GetProperty("keys")[0].GetProperty("requests").GetInt64());
        Assert.DoesNotContain(key, ended.Stdout + ended.Stderr, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_example_of_a_fleet_is_valid_beside_the_configuration_it_names()
    {
        using ProviderServer provider = Provider(new QuotaLimits());
        using TemporaryProject project = Project(provider);
        project.Write("gateway.yaml", RepositoryFiles.Read("examples/gateway.yaml"));
        (await project.PlimsollAsync("check", "gateway.yaml")).Ended(0);
        Assert.DoesNotContain(RealKey, (await project.PlimsollAsync("config")).Ended(0).Stdout, StringComparison.Ordinal);
        (await project.PlimsollAsync("run", "-q", "gateway.yaml")).Ended(0);
        Assert.Equal((21, 0), (provider.Report().Requests, provider.Report().RateLimited));
    }

    [Fact]
    public async Task A_map_of_prompts_goes_through_the_gateway_and_says_so_in_its_events()
    {
        using ProviderServer provider = Provider(new QuotaLimits());
        using TemporaryProject project = Project(provider);
        ProcessResult map = (await project.PlimsollWithInputAsync("one\ntwo\n", "map", "--json", "--agent", "claude", "look at {}")).Ended(0);
        Assert.Equal(2, provider.Report().Requests);
        Assert.Equal(2, map.Stdout.Split('\n').Count(line => line.Contains("task_ended", StringComparison.Ordinal) && line.Contains("\"calls\":1", StringComparison.Ordinal)));
        Assert.DoesNotContain(RealKey, map.Stdout, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_the_readme_shows_of_a_fleet_is_what_happens()
    {
        using ProviderServer provider = Provider(new QuotaLimits());
        using TemporaryProject project = Project(provider);
        project.Write("gateway.yaml", RepositoryFiles.Read("examples/gateway.yaml"));
        File.CreateSymbolicLink(project.PathOf("plimsoll"), TemporaryProject.Executable);
        await ReadmeTests.FollowAsync(project, Transcript.All.Single(transcript => transcript.Kind == "gateway"));
    }

    [Fact]
    public async Task A_run_without_model_calls_does_not_load_the_gateway()
    {
        using ProviderServer provider = Provider(new QuotaLimits());
        using TemporaryProject project = Project(provider);
        project.Write("plan.yaml", "tasks: { a: { run: 'touch begun; while [ ! -e go ]; do sleep 0.05; done' } }\n");
        using RunningProcess run = project.Start("run", "plan.yaml");
        await TemporaryProject.UntilAsync(() => File.Exists(project.PathOf("begun")), "the task begins");
        string[] loaded = [.. File.ReadLines($"/proc/{run.Pid}/maps").Where(line => line.EndsWith(".dll", StringComparison.Ordinal) || line.Contains(".so", StringComparison.Ordinal))];
        project.Write("go", "");
        (await run.WaitAsync(Cancel)).Ended(0);
        Assert.NotEmpty(loaded);
        Assert.DoesNotContain(loaded, line => line.Contains("AspNetCore", StringComparison.Ordinal) || line.Contains("Plimsoll.Gateway", StringComparison.Ordinal) || line.Contains("System.Net.Http", StringComparison.Ordinal) || line.Contains("ssl", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task Tasks_wait_for_a_limit_of_a_service_and_why_says_how_long()
    {
        using TemporaryProject project = new();
        project.Write("plan.yaml", "limits: { api: { token_bucket: 1/h, burst: 1 } }\ntasks: { a: { run: 'touch a; sleep 600', limits: [api], priority: 1 }, b: { run: touch b, limits: [api] } }\n");
        using RunningProcess run = project.Start("run", "plan.yaml");
        await TemporaryProject.UntilAsync(() => File.Exists(project.PathOf("a")), "a begins");
        ProcessResult why = (await project.PlimsollAsync("why", "b")).Ended(0);
        Assert.Contains("takes 1 from limit api (1 in 3600 s, at most 1 at once), 0 are there", why.Stdout, StringComparison.Ordinal);
        run.Send(Signal.Interrupt);
        run.Send(Signal.Interrupt);
        await run.WaitAsync(Cancel);
        Assert.False(File.Exists(project.PathOf("b")));
    }

    private static ProviderServer Provider(QuotaLimits limits) => ProviderServer.Start(
        ProviderOptions.Anthropic(limits) with { FirstTokenSeconds = Spread.Always(0.05), TokensPerSecond = Spread.Always(1000), OutputTokens = Spread.Always(20) },
        TimeProvider.System);

    private static TemporaryProject Project(ProviderServer provider, string more = "")
    {
        TemporaryProject project = new();
        project.Write("bin/claude", Claude);
        File.SetUnixFileMode(project.PathOf("bin/claude"), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        project.Environment["PATH"] = $"{project.PathOf("bin")}:{Environment.GetEnvironmentVariable("PATH")}";
        project.Environment["ANTHROPIC_API_KEY"] = RealKey;
        project.Write("plimsoll.yaml", $"providers: {{ anthropic: {{ base_url: \"{provider.BaseUrl}\", key: {{ from: ANTHROPIC_API_KEY }}, prices: {{ \"*\": {{ input: 3, output: 15 }} }} }} }}\n{more}");
        return project;
    }

    private static IEnumerable<string> Keys(TemporaryProject project) => Directory.EnumerateFiles(project.Folder, "env-*")
        .Select(file => File.ReadLines(file).Single(line => line.StartsWith("ANTHROPIC_AUTH_TOKEN=", StringComparison.Ordinal)));

    private static long Usage(TemporaryProject project, string task)
    {
        using RunningProcess status = project.Start("status", task, "--json");
        string json = status.WaitAsync(Cancel).GetAwaiter().GetResult().Stdout;
        using JsonDocument attempts = JsonDocument.Parse(json);
        return attempts.RootElement.EnumerateArray().Sum(attempt => attempt.TryGetProperty("usage", out JsonElement usage) ? usage.GetProperty("calls").GetInt64() : 0);
    }

    private static void NothingHolds(TemporaryProject project, string secret)
    {
        foreach (string file in Directory.EnumerateFiles(project.Folder, "*", SearchOption.AllDirectories))
        {
            Assert.False(File.ReadAllText(file).Contains(secret, StringComparison.Ordinal), $"{file} holds the real key");
        }
    }
}
