using System.Diagnostics;
using System.Net;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;
using Plimsoll.Daemon.Access;
using Plimsoll.Tests.Daemon.Endpoints;
using Plimsoll.Tests.Support;
using Xunit;

namespace Plimsoll.Tests.Daemon.Watching;

public sealed class MetricsEndpointTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(2);

    [Fact]
    public async Task Metrics_tell_the_pool_its_classes_its_locks_and_its_node()
    {
        await using ServiceRig service = await ServiceRig.StartAsync();
        string text = await WorkAndReadAsync(service);

        Assert.Contains("plimsoll_pool_size 4\n", text, StringComparison.Ordinal);
        Assert.Contains("plimsoll_pool_processed_total 2\n", text, StringComparison.Ordinal);
        Assert.Contains("plimsoll_attempts_ended_total{plimsoll_class=\"say \\\"hi\\\"\",plimsoll_outcome=\"failed\"} 1\n", text, StringComparison.Ordinal);
        Assert.Contains("plimsoll_lock_waiters{plimsoll_lock=\"gpu\",plimsoll_lock_kind=\"lock\"} 1\n", text, StringComparison.Ordinal);
        Assert.Matches(new Regex("plimsoll_node_memory_limit_bytes\\{plimsoll_node=\"node0\"\\} [1-9]", RegexOptions.None, Limit), text);
        Assert.Contains("plimsoll_alerts_active{plimsoll_alert_severity=\"critical\"} 0\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Promtool_finds_nothing_to_object_to()
    {
        Component.Require("promtool");
        await using ServiceRig service = await ServiceRig.StartAsync();
        string text = await WorkAndReadAsync(service);
        using var promtool = Process.Start(new ProcessStartInfo("promtool", ["check", "metrics"]) { UseShellExecute = false, RedirectStandardInput = true, RedirectStandardError = true, RedirectStandardOutput = true })!;
        await promtool.StandardInput.WriteAsync(text.AsMemory(), ServiceRig.Token);
        promtool.StandardInput.Close();

        string complaint = await promtool.StandardError.ReadToEndAsync(ServiceRig.Token) + await promtool.StandardOutput.ReadToEndAsync(ServiceRig.Token);
        await promtool.WaitForExitAsync(ServiceRig.Token);

        Assert.True(promtool.ExitCode == 0 && complaint.Length == 0, complaint);
    }

    [Fact]
    public async Task Metrics_need_a_token_unless_the_reader_is_on_this_machine()
    {
        await using ServiceRig service = await ServiceRig.StartAsync();
        using (HttpResponseMessage here = await service.Tcp.GetAsync(new Uri("/metrics", UriKind.Relative), ServiceRig.Token))
        {
            Assert.Equal(200, (int)here.StatusCode);
        }

        using var handedOn = new HttpClient { BaseAddress = service.Tcp.BaseAddress, DefaultRequestHeaders = { { "X-Forwarded-For", "203.0.113.7" } } };
        await service.ExpectAsync(401, HttpMethod.Get, "/metrics", client: handedOn);
    }

    [Theory]
    [InlineData("127.0.0.1", true)]
    [InlineData("::1", true)]
    [InlineData("::ffff:127.0.0.1", true)]
    [InlineData("192.0.2.1", false)]
    [InlineData("::ffff:192.0.2.1", false)]
    [InlineData("2001:db8::1", false)]
    public void Only_the_loopback_is_this_machine(string address, bool isLoopback)
    {
        var context = new DefaultHttpContext { Connection = { RemoteIpAddress = IPAddress.Parse(address) } };
        Assert.Equal(isLoopback, AccessGate.IsLoopback(context));
    }

    private static async Task<string> WorkAndReadAsync(ServiceRig service)
    {
        string good = await service.SubmitAsync("""{"run": "true", "class": "fine"}""");
        string bad = await service.SubmitAsync("""{"run": "exit 3", "class": "say \"hi\"", "retries": 0}""");
        await service.UntilAsync(good, "succeeded");
        await service.UntilAsync(bad, "failed", "dead");
        string holder = await service.SubmitAsync("""{"run": "sleep 600", "locks": ["gpu"]}""");
        await service.UntilAsync(holder, "running");
        await service.SubmitAsync("""{"run": "true", "locks": ["gpu"]}""");
        string text = "";
        for (int i = 0; i < 200 && !(text.Contains("_processed_total 2\n", StringComparison.Ordinal) && text.Contains("lock_waiters{plimsoll_lock=\"gpu\",plimsoll_lock_kind=\"lock\"} 1\n", StringComparison.Ordinal)); i++)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, ServiceRig.Token);
            text = await service.Socket.GetStringAsync(new Uri("/metrics", UriKind.Relative), ServiceRig.Token);
        }

        return text;
    }
}
