using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Plimsoll.Core.Watching;
using Plimsoll.Daemon.Watching.Delivery;
using Plimsoll.Tests.Support;
using Plimsoll.Watch.Alerts;
using Xunit;

namespace Plimsoll.Tests.Daemon.Watching.Delivery;

public sealed class AlertDeliveryTests : IDisposable
{
    private static readonly AlertTargetSettings Target = new("hook", AlertTargetKind.Webhook, AlertSeverity.Warning);

    private readonly string folder = Directory.CreateTempSubdirectory("plimsoll-alerts-").FullName;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task A_target_that_fails_is_tried_again_until_it_takes_the_alert()
    {
        var channel = new ScriptedChannel(static (tried, _) => Task.FromResult(tried < 4 ? new DeliveryFailure("busy", Again: true) : null));
        await using var target = new AlertTarget(Target, channel, new LeapingTime(), Assert.Fail);
        target.Begin();

        target.Offer(Change(1));

        Assert.Equal(1, (await channel.Taken).Alert.Id);
        Assert.Equal(4, channel.Tries);
    }

    [Fact]
    public async Task A_target_that_hangs_keeps_nobody_else_waiting_and_is_given_up_with_a_word()
    {
        var told = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        var hanging = new ScriptedChannel(static async (_, token) =>
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, token);
            return null;
        });
        var good = new ScriptedChannel(static (_, _) => Task.FromResult<DeliveryFailure?>(null));
        await using var first = new AlertTarget(Target with { Name = "stuck" }, hanging, new LeapingTime(), message => told.TrySetResult(message));
        await using var second = new AlertTarget(Target, good, TimeProvider.System, Assert.Fail);
        first.Begin();
        second.Begin();

        foreach (AlertTarget target in (AlertTarget[])[first, second])
        {
            target.Offer(Change(1));
        }

        Assert.Equal(1, (await good.Taken).Alert.Id);
        string message = await told.Task.WaitAsync(TimeSpan.FromSeconds(20), TimeProvider.System, Token);
        Assert.Contains("stuck", message, StringComparison.Ordinal);
        Assert.Contains("10 s", message, StringComparison.Ordinal);
        Assert.Equal(AlertTarget.Tries, hanging.Tries);
    }

    [Fact]
    public async Task A_target_that_hangs_does_not_keep_the_service_from_stopping()
    {
        var hanging = new ScriptedChannel(static async (_, token) =>
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, token);
            return null;
        });
        var target = new AlertTarget(Target, hanging, TimeProvider.System, static _ => { });
        target.Begin();
        target.Offer(Change(1));

        await target.DisposeAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(20), TimeProvider.System, Token);
    }

    [Fact]
    public void A_target_hears_the_newest_of_each_alert_and_of_a_hundred_alerts_at_most()
    {
        var outbox = new AlertOutbox();
        for (int id = 1; id <= 150; id++)
        {
            outbox.Add(Change(id));
        }

        outbox.Add(Change(150, AlertChangeKind.Cleared));

        var taken = new List<AlertChange>();
        while (outbox.TryTake(out AlertChange? change))
        {
            taken.Add(change);
        }

        Assert.Equal(AlertOutbox.Most, taken.Count);
        Assert.Equal(50, outbox.Dropped);
        Assert.Equal(51, taken[0].Alert.Id);
        Assert.Equal(AlertChangeKind.Cleared, taken[^1].Kind);
    }

    [Theory]
    [InlineData(AlertSeverity.Info, AlertChangeKind.Raised, false)]
    [InlineData(AlertSeverity.Critical, AlertChangeKind.Raised, true)]
    [InlineData(AlertSeverity.Critical, AlertChangeKind.Cleared, false)]
    public async Task A_target_hears_only_what_it_was_configured_for(AlertSeverity severity, AlertChangeKind kind, bool heard)
    {
        var channel = new ScriptedChannel(static (_, _) => Task.FromResult<DeliveryFailure?>(null));
        await using var target = new AlertTarget(Target with { Clears = false }, channel, TimeProvider.System, Assert.Fail);
        target.Begin();

        target.Offer(Change(1, kind, severity));
        target.Offer(Change(2));

        Assert.Equal(heard ? 1 : 2, (await channel.Taken).Alert.Id);
    }

    [Fact]
    public void A_message_for_a_chat_mentions_nobody()
    {
        byte[] message = AlertDocument.ForChat(Change(1, subject: "<!channel> & co"));

        string text = JsonDocument.Parse(message).RootElement.GetProperty("text").GetString()!;
        Assert.Contains("&lt;!channel&gt; &amp; co", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_webhook_gets_the_document_and_its_answer_decides()
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        await using WebApplication app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        var seen = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        app.MapPost("/good", async context =>
        {
            using var reader = new StreamReader(context.Request.Body);
            seen.TrySetResult(await reader.ReadToEndAsync(Token));
        });
        app.MapPost("/bad", static context =>
        {
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            return Task.CompletedTask;
        });
        await app.StartAsync(Token);
        using var client = new HttpClient();
        string url = app.Urls.First();

        Assert.Null(await new WebhookChannel(client, new Uri(url + "/good"), AlertDocument.Of).TellAsync(Change(7), Token));
        DeliveryFailure? refused = await new WebhookChannel(client, new Uri(url + "/bad"), AlertDocument.Of).TellAsync(Change(7), Token);

        JsonElement sent = JsonDocument.Parse(await seen.Task).RootElement;
        Assert.Equal("raised", sent.GetProperty("event").GetString());
        Assert.Equal(7, sent.GetProperty("alert").GetProperty("id").GetInt64());
        Assert.Equal(new DeliveryFailure("it answered 400", Again: false), refused);
    }

    [Fact]
    public async Task A_command_gets_the_document_on_its_standard_input()
    {
        string file = Path.Combine(folder, "seen");

        DeliveryFailure? failure = await new CommandChannel(["sh", "-c", "cat > seen; echo \"$PLIMSOLL_ALERT_EVENT\" >> seen"], folder).TellAsync(Change(7), Token);

        Assert.Null(failure);
        string seen = await File.ReadAllTextAsync(file, Token);
        Assert.Contains("\"id\":7", seen, StringComparison.Ordinal);
        Assert.EndsWith("raised\n", seen, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_command_that_does_not_end_is_killed()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMilliseconds(200));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => new CommandChannel(["sleep", "600"], folder).TellAsync(Change(7), limit.Token));
        DeliveryFailure? missing = await new CommandChannel(["no-such-program"], folder).TellAsync(Change(7), Token);
        Assert.False(missing!.Again);
    }

    private static AlertChange Change(long id, AlertChangeKind kind = AlertChangeKind.Raised, AlertSeverity severity = AlertSeverity.Critical, string subject = "gpu") => new(
        kind, new Alert(id, "lock_contention", AlertGroup.Concurrency, severity, subject, "Tasks have waited.", DateTimeOffset.UnixEpoch), Deliver: true);
}
