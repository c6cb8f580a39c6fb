using System.Text;
using System.Text.Json;
using Plimsoll.Daemon.Slack;
using Plimsoll.Tests.Daemon.Serving;
using Plimsoll.Tests.Support;
using Xunit;

namespace Plimsoll.Tests.Daemon.Slack;

public class SlackTests : ServiceConformance
{
    /// <summary>https://docs.slack.dev/authentication/verifying-requests-from-slack</summary>
    private const string DocumentedBody =
        "token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V&channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner&command=%2Fwebhook-collect&text="
        + "&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c";

    private const string DocumentedTimestamp = "1531420618";
    private const string DocumentedSignature = "v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503";

    [Theory]
    [InlineData(0, null)]
    [InlineData(300, null)]
    [InlineData(-300, null)]
    [InlineData(301, "older than five minutes")]
    [InlineData(-301, "from the future")]
    public void The_documented_example_is_believed_within_five_minutes(int laterSeconds, string? refusal)
    {
        var signature = new SlackSignature(SlackStandIn.Secret, At(1531420618 + laterSeconds));

        string? found = signature.Refuses(DocumentedTimestamp, DocumentedSignature, Encoding.UTF8.GetBytes(DocumentedBody));
        Assert.Equal(refusal is null, found is null);
        Assert.Contains(refusal ?? "", found ?? "", StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1531420618", "v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b504")]
    [InlineData("1531420619", DocumentedSignature)]
    [InlineData("1531420618", "v1=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503")]
    [InlineData("1531420618", "")]
    [InlineData("", DocumentedSignature)]
    [InlineData("-1", DocumentedSignature)]
    [InlineData("9223372036854775807", DocumentedSignature)]
    [InlineData("99999999999999999999", DocumentedSignature)]
    public void Anything_else_is_not_believed(string timestamp, string signature)
    {
        var slack = new SlackSignature(SlackStandIn.Secret, At(1531420618));

        Assert.NotNull(slack.Refuses(timestamp, signature, Encoding.UTF8.GetBytes(DocumentedBody)));
    }

    [Fact]
    public async Task A_mention_in_Slack_is_answered_in_its_thread_once_however_often_it_is_delivered()
    {
        using SlackStandIn slack = new();
        await using AgentService service = await StartAsync(configuration: slack.Configuration);
        string body = SlackStandIn.Message("<@UBOT> @echo is 1 &lt; 2 &amp;&amp; true?");
        Assert.Equal(200, (await SlackStandIn.SendAsync(service, body)).Status);
        Assert.Equal(200, (await SlackStandIn.SendAsync(service, body)).Status);
        Assert.Equal(200, (await SlackStandIn.SendAsync(service, SlackStandIn.Message("<@UBOT> @echo is 1 &lt; 2 &amp;&amp; true?", id: "Ev2", type: "app_mention"))).Status);
        await Until.TrueAsync(() => !slack.Posted.IsEmpty);
        await service.RestartAsync();
        Assert.Equal(200, (await SlackStandIn.SendAsync(service, body)).Status);

        JsonElement[] messages = [.. (await service.GetAsync("/api/v1/messages?channel=review")).Json.GetProperty("messages").EnumerateArray()];
        Assert.Equal(["@echo is 1 < 2 && true?", "is 1 < 2 && true?"], messages.Select(static one => one.GetProperty("text").GetString()));
        Assert.Equal("slack U1", messages[0].GetProperty("author").GetString());
        JsonElement told = Assert.Single(slack.Posted);
        Assert.Equal("C1", told.GetProperty("channel").GetString());
        Assert.Equal("1700000000.000100", told.GetProperty("thread_ts").GetString());
        Assert.Equal("echo: is 1 &lt; 2 &amp;&amp; true?", told.GetProperty("text").GetString());
    }

    [Theory]
    [InlineData("T2", "C1", "U1", "")]
    [InlineData("T1", "C2", "U1", "")]
    [InlineData("T1", "C1", "U3", "")]
    [InlineData("T1", "C1", "U1", ", \"bot_id\": \"B1\"")]
    [InlineData("T1", "C1", "U1", ", \"app_id\": \"A1\"")]
    [InlineData("T1", "C1", "U1", ", \"subtype\": \"bot_message\"")]
    [InlineData("T1", "C1", "U1", ", \"subtype\": \"message_changed\"")]
    public async Task Whoever_is_not_configured_and_every_bot_is_ignored(string team, string channel, string user, string more)
    {
        using SlackStandIn slack = new();
        await using AgentService service = await StartAsync(configuration: slack.Configuration);

        Assert.Equal(200, (await SlackStandIn.SendAsync(service, SlackStandIn.Message("@echo hello", team: team, channel: channel, user: user, more: more))).Status);
        Assert.Empty((await service.GetAsync("/api/v1/messages?channel=review")).Json.GetProperty("messages").EnumerateArray());
    }

    [Fact]
    public async Task Forged_old_and_malformed_requests_are_refused_and_the_address_can_be_verified()
    {
        using SlackStandIn slack = new();
        await using AgentService service = await StartAsync(configuration: slack.Configuration);
        string body = SlackStandIn.Message("@echo hello");

        Assert.Equal(401, (await SlackStandIn.SendAsync(service, body, age: TimeSpan.FromMinutes(6))).Status);
        Assert.Equal(401, (await SlackStandIn.SendAsync(service, body, secret: "another")).Status);
        Assert.Equal(401, (await SlackStandIn.SendAsync(service, body, signature: "v0=00")).Status);
        Assert.Equal(400, (await SlackStandIn.SendAsync(service, "payload=%7B%7D")).Status);
        Assert.Equal(413, (await SlackStandIn.SendAsync(service, new string('x', 300_000))).Status);
        Assert.Equal((200, "3eZbrw1aB"), await SlackStandIn.SendAsync(service, """{"type": "url_verification", "challenge": "3eZbrw1aB"}"""));
        Assert.Equal(401, (await SlackStandIn.SendAsync(service, """{"type": "url_verification", "challenge": "3eZbrw1aB"}""", secret: "another")).Status);
        Assert.Empty((await service.GetAsync("/api/v1/messages?channel=review")).Json.GetProperty("messages").EnumerateArray());
    }

    [Fact]
    public async Task Too_many_requests_are_waited_out_as_Slack_says_and_what_is_owed_outlives_the_service()
    {
        using SlackStandIn slack = new(refusals: 2);
        await using AgentService service = await StartAsync(configuration: slack.Configuration);
        await service.PostAsync("/api/v1/messages", """{"channel": "review", "text": "first <!channel>"}""");
        await service.PostAsync("/api/v1/messages", """{"channel": "review", "text": "second"}""");
        await service.PostAsync("/api/v1/messages", """{"channel": "inside", "text": "not for Slack"}""");
        await Until.TrueAsync(() => !slack.Calls.IsEmpty);
        await service.RestartAsync();

        await Until.TrueAsync(() => slack.Posted.Count == 2);
        Assert.Equal(["socket: first &lt;!channel&gt;", "socket: second"], slack.Posted.Select(static one => one.GetProperty("text").GetString()));
        DateTimeOffset[] calls = [.. slack.Calls];
        Assert.Equal(4, calls.Length);
        Assert.True(calls[2] - calls[1] >= TimeSpan.FromSeconds(0.9), $"{calls[2] - calls[1]} after a refusal for 1 s");
    }

    [Fact]
    public async Task What_Slack_took_without_an_answer_is_not_posted_again()
    {
        using SlackStandIn slack = new(cuts: 1);
        await using AgentService service = await StartAsync(configuration: slack.Configuration);
        await SlackStandIn.SendAsync(service, SlackStandIn.Message("@echo once"));
        await Until.TrueAsync(() => !slack.Posted.IsEmpty);
        await service.PostAsync("/api/v1/messages", """{"channel": "review", "text": "second"}""");

        await Until.TrueAsync(() => slack.Posted.Count == 2);
        Assert.Equal(["echo: once", "socket: second"], slack.Posted.Select(static one => one.GetProperty("text").GetString()));
        Assert.Contains(slack.Looks, static look => look.StartsWith("/api/conversations.replies?channel=C1&ts=1700000000.000100&", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_Slack_took_before_the_service_ended_is_not_posted_again()
    {
        using SlackStandIn slack = new(hangs: true);
        await using AgentService service = await StartAsync(configuration: slack.Configuration);
        await service.PostAsync("/api/v1/messages", """{"channel": "review", "text": "first"}""");
        await Until.TrueAsync(() => slack.Posted.Count == 1);
        await service.RestartAsync();
        slack.Answer();
        await service.PostAsync("/api/v1/messages", """{"channel": "review", "text": "second"}""");

        await Until.TrueAsync(() => slack.Posted.Count == 2);
        Assert.Equal(["socket: first", "socket: second"], slack.Posted.Select(static one => one.GetProperty("text").GetString()));
        Assert.Contains(slack.Looks, static look => look.StartsWith("/api/conversations.history?channel=C1&", StringComparison.Ordinal));
        Assert.Equal(2, slack.Posted.Select(static one => one.GetProperty("metadata").GetProperty("event_payload").GetProperty("id").GetString()).Distinct().Count());
    }

    [Fact]
    public async Task Tasks_do_not_inherit_the_secrets_and_nothing_shows_them()
    {
        using SlackStandIn slack = new();
        await using AgentService service = await StartAsync(configuration: slack.Configuration);
        await SlackStandIn.SendAsync(service, SlackStandIn.Message("@env show me"));

        await Until.TrueAsync(() => !slack.Posted.IsEmpty);
        string text = (await service.GetAsync("/api/v1/messages?channel=review")).Json.ToString();
        Assert.Contains("PLIMSOLL_TASK", text, StringComparison.Ordinal);
        Assert.DoesNotContain(SlackStandIn.Secret, text, StringComparison.Ordinal);
        Assert.DoesNotContain(SlackStandIn.Token, text, StringComparison.Ordinal);
    }

    private static ManualTime At(long seconds)
    {
        var time = new ManualTime();
        time.Advance(TimeSpan.FromSeconds(seconds));
        return time;
    }
}
