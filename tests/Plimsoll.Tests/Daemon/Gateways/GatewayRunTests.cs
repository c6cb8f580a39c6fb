using System.Net;
using Plimsoll.Calibration.ProviderModel.Accounts;
using Plimsoll.Calibration.ProviderModel.Draws;
using Plimsoll.Calibration.ProviderModel.Faults;
using Plimsoll.Calibration.ProviderModel.Quotas;
using Plimsoll.Calibration.ProviderModel.Serving;
using Plimsoll.Client.Runs;
using Plimsoll.Daemon.Hosting;
using Plimsoll.Daemon.Requests;
using Plimsoll.Tests.Engine.Processes;
using Xunit;

namespace Plimsoll.Tests.Daemon.Gateways;

[Collection(ProcessCollection.Name)]
public sealed class GatewayRunTests
{
    private const string RealKey = "sk-real-0123456789";

    // A request without any tool but the shell.
    private const string Ask = """
        #!/bin/bash
        address=${ANTHROPIC_BASE_URL#http://}
        body='{"model":"claude-x","max_tokens":20,"messages":[{"role":"user","content":"hi"}]}'
        exec 3<>"/dev/tcp/${address%:*}/${address#*:}"
        printf 'POST /v1/messages HTTP/1.1\r\nHost: x\r\nConnection: close\r\nAuthorization: Bearer %s\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s' "${ANTHROPIC_AUTH_TOKEN:-$ANTHROPIC_API_KEY}" "${#body}" "$body" >&3
        cat <&3
        """;

    [Fact]
    public async Task A_model_call_needs_no_process_and_hands_its_answer_on()
    {
        using ProviderServer provider = Provider();
        using ProjectRig rig = Rig(provider);
        SummaryView summary = await rig.RunAsync("""
            tasks:
              ask: { llm: { model: claude-x, prompt: "say hello", max_tokens: 20 }, outputs: [answer] }
              use: { needs: [ask], run: "echo {{needs.ask.answer}} > used" }
            """);
        Assert.Equal("succeeded", summary.Outcome);
        Assert.StartsWith("tok", rig.Read("used"), StringComparison.Ordinal);
        AttemptView attempt = ProjectRig.Value(await rig.Project.AttemptsAsync(new TaskAddress(1, "ask"), ProjectRig.Token)).Single();
        Assert.Equal(rig.Read("used").Trim(), (await File.ReadAllTextAsync(attempt.StdoutPath!, ProjectRig.Token)).Trim());
        Assert.Equal(1, provider.Report().Requests);
    }

    [Fact]
    public async Task A_command_reaches_the_model_with_a_key_of_its_own_and_never_sees_the_real_one()
    {
        using ProviderServer provider = Provider();
        using ProjectRig rig = Rig(provider);
        SummaryView summary = await rig.RunAsync("""
            tasks:
              asks: { run: "bash ask.sh > answer; env > asks", gateway: true }
              plain: { run: "env > plain" }
            """);
        Assert.Equal("succeeded", summary.Outcome);
        Assert.StartsWith("HTTP/1.1 200 ", rig.Read("answer"), StringComparison.Ordinal);
        Assert.Contains("ANTHROPIC_BASE_URL=http://127.0.0.1:", rig.Read("asks"), StringComparison.Ordinal);
        Assert.DoesNotContain("ANTHROPIC_BASE_URL", rig.Read("plain"), StringComparison.Ordinal);
        foreach (string file in Directory.EnumerateFiles(rig.Folder, "*", SearchOption.AllDirectories).Where(file => !file.EndsWith("/key", StringComparison.Ordinal)))
        {
            Assert.DoesNotContain(RealKey, await File.ReadAllTextAsync(file, ProjectRig.Token), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task The_key_of_an_attempt_ends_with_it_also_when_it_fails()
    {
        using ProviderServer provider = Provider();
        using ProjectRig rig = Rig(provider);
        await using RunSession session = await rig.StartAsync("""
            tasks:
              first: { run: "env | grep -E '^ANTHROPIC_(BASE_URL|API_KEY)=' > keys; exit 1", gateway: true, retries: 0 }
              second: { after: [first], run: "touch begun; while [ ! -e go ]; do sleep 0.05; done" }
            """);
        await Until.FileAsync(Path.Combine(rig.Folder, "begun"));
        Dictionary<string, string> keys = rig.Read("keys").Trim().Split('\n').Select(line => line.Split('=', 2)).ToDictionary(pair => pair[0], pair => pair[1], StringComparer.Ordinal);
        using HttpClient client = new();
        using HttpRequestMessage request = new(HttpMethod.Post, $"{keys["ANTHROPIC_BASE_URL"]}/v1/messages") { Content = new StringContent("{}") };
        request.Headers.Add("x-api-key", keys["ANTHROPIC_API_KEY"]);
        using HttpResponseMessage answer = await client.SendAsync(request, ProjectRig.Token);
        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        await File.WriteAllTextAsync(Path.Combine(rig.Folder, "go"), "", ProjectRig.Token);
        Assert.Equal("failed", (await ProjectRig.EndAsync(session)).Outcome);
    }

    [Fact]
    public async Task Without_its_key_a_run_is_refused_before_anything_is_accepted()
    {
        using ProviderServer provider = Provider();
        using ProjectRig rig = Rig(provider, "key: {file: missing}");
        Outcome<RunSession> outcome = await rig.Project.StartRunAsync(ProjectRig.Request("tasks: { ask: { llm: { model: claude-x, prompt: hi } } }"), ProjectRig.Token);
        Assert.Equal(ExitCode.Invalid, outcome.Refusal!.Code);
        Assert.Contains("missing", outcome.Refusal.Message, StringComparison.Ordinal);
        Assert.Empty(ProjectRig.Value(await rig.Project.RunsAsync(10, ProjectRig.Token)));
        Assert.Equal("succeeded", (await rig.RunAsync("tasks: { make: { run: 'true' } }")).Outcome);
    }

    [Fact]
    public async Task A_model_that_fails_fails_its_task_with_the_reason_beside_it()
    {
        using ProviderServer provider = Provider(new FaultOptions { Shares = new Dictionary<FaultKind, double> { [FaultKind.SpendLimit] = 1 } });
        using ProjectRig rig = Rig(provider);
        SummaryView summary = await rig.RunAsync("tasks: { ask: { llm: { model: claude-x, prompt: hi } } }");
        Assert.Equal("failed", summary.Outcome);
        Assert.NotNull(Assert.Single(summary.Failures).LogPath);
    }

    private static ProviderServer Provider(FaultOptions? faults = null) => ProviderServer.Start(
        ProviderOptions.Anthropic(new QuotaLimits()) with
        {
            FirstTokenSeconds = Spread.Always(0.01),
            TokensPerSecond = Spread.Always(5000),
            OutputTokens = Spread.Always(10),
            Faults = faults ?? new FaultOptions(),
        },
        TimeProvider.System);

    private static ProjectRig Rig(ProviderServer provider, string key = "key: {file: key}")
    {
        string folder = Directory.CreateTempSubdirectory("plimsoll-gateway-").FullName;
        File.WriteAllText(Path.Combine(folder, "key"), RealKey + "\n");
        File.WriteAllText(Path.Combine(folder, "ask.sh"), Ask);
        File.WriteAllText(Path.Combine(folder, "plimsoll.yaml"), $"providers: {{anthropic: {{base_url: \"{provider.BaseUrl}\", {key}, prices: {{\"*\": {{input: 3, output: 15}}}}}}}}\n");
        return new ProjectRig(folder);
    }
}
