using System.Text.Json;
using Plimsoll.Tests.Daemon.Serving;
using Plimsoll.Tests.Engine.Processes;
using Xunit;

namespace Plimsoll.Tests.Daemon.Messages;

[Collection(ProcessCollection.Name)]
public class MessageServiceTests : ServiceConformance
{
    private const string Configuration = """
        templates:
          echo: { params: [text], run: [printf, '%s', "{{text}}"] }
          shell: { params: [text, channel, author], run: 'printf "%s|%s|%s" {{text}} {{channel}} {{author}}' }
          silent: { params: [text], noop: 0s }
          broken: { params: [text], run: 'exit 3' }
          named: { params: [text], run: 'echo chatter; echo answer=the answer >> $PLIMSOLL_OUTPUT' }
          ping: { params: [text], run: 'echo @pong you' }
          pong: { params: [text], run: 'echo @ping you' }
          slow: { params: [text], run: 'echo $PLIMSOLL_TOKEN > slow.part; mv slow.part slow.token; while [ ! -e slow.end ]; do sleep 0.05; done; echo at last' }
        channels:
          review: { agents: [echo, shell, silent, broken, named, slow] }
          game: { agents: [ping, pong] }
        """;

    [Theory]
    [InlineData("@echo look at PR 7", "echo", "look at PR 7")]
    [InlineData("please, @ECHO: {{text}} $(touch pwned) `touch pwned` 'x' --help", "echo", "please, @ECHO: {{text}} $(touch pwned) `touch pwned` 'x' --help")]
    [InlineData("@shell -rf \"$HOME\"; touch pwned", "shell", "-rf \"$HOME\"; touch pwned|review|socket")]
    [InlineData("@silent hello", "silent", "done")]
    [InlineData("@broken hello", "broken", "failed: exit code 3")]
    [InlineData("@named hello", "named", "the answer")]
    public async Task A_mention_becomes_a_task_and_its_answer_comes_back(string text, string agent, string answer)
    {
        await using AgentService service = await StartAsync(configuration: Configuration);
        JsonElement posted = await PostAsync(service, "review", text);
        Assert.Equal(agent, Assert.Single(posted.GetProperty("tasks").EnumerateArray()).GetProperty("agent").GetString());

        JsonElement[] messages = await UntilAsync(service, "review", 2);
        Assert.Equal(text, messages[0].GetProperty("text").GetString());
        Assert.Equal("answer", messages[1].GetProperty("kind").GetString());
        Assert.Equal(agent, messages[1].GetProperty("author").GetString());
        Assert.StartsWith(answer, messages[1].GetProperty("text").GetString(), StringComparison.Ordinal);
        Assert.Equal(posted.GetProperty("id").GetString(), messages[1].GetProperty("reply_to").GetString());
        Assert.False(File.Exists(Path.Combine(service.Folder, "pwned")));
    }

    [Theory]
    [InlineData("nobody is asked here")]
    [InlineData("mail me@echo or look at https://example.com/@echo/x and @echo.example.com")]
    [InlineData("@nobody is not here, and @ping is in another channel")]
    public async Task What_mentions_nobody_of_the_channel_makes_no_task(string text)
    {
        await using AgentService service = await StartAsync(configuration: Configuration);

        Assert.Empty((await PostAsync(service, "review", text)).GetProperty("tasks").EnumerateArray());
    }

    [Fact]
    public async Task Agents_that_answer_each_other_come_to_an_end()
    {
        await using AgentService service = await StartAsync(configuration: Configuration);
        await PostAsync(service, "game", "@ping start");

        JsonElement[] messages = await UntilAsync(service, "game", 6);
        Assert.Contains("4 agents have answered each other", messages[^1].GetProperty("note").GetString(), StringComparison.Ordinal);
        Assert.All(messages, message => Assert.Equal(messages[0].GetProperty("id").GetString(), message.GetProperty("thread").GetString()));
        Assert.Equal(5, (await service.GetAsync("/api/v1/tasks?limit=1000")).Json.GetProperty("tasks").GetArrayLength());
    }

    [Fact]
    public async Task A_conversation_has_a_bounded_number_of_tasks_even_when_a_task_speaks_on_and_on()
    {
        await using AgentService service = await StartAsync(slots: 8, configuration: Configuration);
        await PostAsync(service, "review", "@slow wait");
        string token = await TokenAsync(service);

        int made = 0;
        JsonElement last = default;
        for (int i = 0; i < 40; i++)
        {
            last = await PostAsync(service, "review", $"@silent {i}", token);
            made += last.GetProperty("tasks").GetArrayLength();
        }

        Assert.Equal(31, made);
        Assert.Contains("at most 32 tasks", last.GetProperty("note").GetString(), StringComparison.Ordinal);
        service.EndTask("slow");
    }

    [Fact]
    public async Task Messages_keys_and_owed_answers_outlive_the_service()
    {
        await using AgentService service = await StartAsync(configuration: Configuration);
        JsonElement first = await PostAsync(service, "review", "@slow wait", key: "once");
        await TokenAsync(service); // It runs: a start that is cut short counts as an attempt that failed.
        await service.RestartAsync();

        JsonElement again = await PostAsync(service, "review", "@slow wait", key: "once");
        Assert.True(again.GetProperty("repeated").GetBoolean());
        Assert.Equal(first.GetProperty("id").GetString(), again.GetProperty("id").GetString());
        Assert.Equal(first.GetProperty("tasks")[0].GetProperty("id").GetString(), again.GetProperty("tasks")[0].GetProperty("id").GetString());
        (int status, JsonElement conflict) = await service.PostAsync("/api/v1/messages", """{"channel": "review", "text": "another", "idempotency_key": "once"}""");
        Assert.True(status == 400, conflict.ToString());

        await service.RestartAsync();
        service.EndTask("slow");
        JsonElement[] messages = await UntilAsync(service, "review", 2);
        Assert.Equal("at last", messages[1].GetProperty("text").GetString());
        Assert.True(long.Parse((await PostAsync(service, "review", "next")).GetProperty("id").GetString()!) > long.Parse(messages[1].GetProperty("id").GetString()!));
    }

    [Fact]
    public async Task A_thousand_messages_at_once_are_answered_once_each_and_read_in_pages()
    {
        await using AgentService service = await StartAsync(configuration: Configuration);
        await Parallel.ForEachAsync(Enumerable.Range(0, 1000), new ParallelOptions { MaxDegreeOfParallelism = 32, CancellationToken = TestContext.Current.CancellationToken }, async (i, _) => await PostAsync(service, "review", $"@silent {i}", key: $"k{i % 900}x{i}"));

        JsonElement[] messages = await UntilAsync(service, "review", 2000);
        Assert.Equal(1000, messages.Count(static one => one.GetProperty("kind").GetString() == "answer"));
        Assert.Equal(1000, messages.Where(static one => one.TryGetProperty("reply_to", out _)).Select(static one => one.GetProperty("reply_to").GetString()).Distinct().Count());
        Assert.Equal(messages.Select(static one => long.Parse(one.GetProperty("id").GetString()!)).Order(), messages.Select(static one => long.Parse(one.GetProperty("id").GetString()!)));
    }

    [Fact]
    public async Task A_task_reads_its_own_conversation_and_no_other()
    {
        await using AgentService service = await StartAsync(slots: 8, configuration: Configuration);
        await PostAsync(service, "review", "a secret of somebody else");
        await PostAsync(service, "review", "@slow wait");
        string token = await TokenAsync(service);
        await PostAsync(service, "review", "from the task", token);
        await PostAsync(service, "review", "another secret");

        JsonElement[] seen = [.. (await service.GetAsync("/api/v1/messages?channel=review", token)).Json.GetProperty("messages").EnumerateArray()];
        Assert.Equal(["@slow wait", "from the task"], seen.Select(static one => one.GetProperty("text").GetString()));
        service.EndTask("slow");
        await UntilAsync(service, "review", 5);
    }

    [Theory]
    [InlineData("""{"channel": "nowhere", "text": "x"}""", 404)]
    [InlineData("""{"channel": "review", "text": "   "}""", 400)]
    [InlineData("""{"channel": "review"}""", 400)]
    [InlineData("""{"channel": "review", "text": 7}""", 400)]
    [InlineData("""{"channel": "review", "text": "a\u0000b"}""", 400)]
    [InlineData("""{"channel": "review", "text": "x", "author": "boss"}""", 400)]
    [InlineData("[]", 400)]
    public async Task What_is_no_message_is_refused(string body, int expected)
    {
        await using AgentService service = await StartAsync(configuration: Configuration);

        Assert.Equal(expected, (await service.PostAsync("/api/v1/messages", body)).Status);
    }

    [Theory]
    [InlineData(16_001, 400)]
    [InlineData(200_000, 413)]
    public async Task What_is_too_long_is_refused(int length, int expected)
    {
        await using AgentService service = await StartAsync(configuration: Configuration);

        Assert.Equal(expected, (await service.PostAsync("/api/v1/messages", $$"""{"channel": "review", "text": "{{new string('x', length)}}"}""")).Status);
    }

    private static async Task<JsonElement> PostAsync(AgentService service, string channel, string text, string? token = null, string? key = null)
    {
        var message = new Dictionary<string, string>(StringComparer.Ordinal) { ["channel"] = channel, ["text"] = text };
        if (key is not null)
        {
            message["idempotency_key"] = key;
        }

        (int status, JsonElement json) = await service.PostAsync("/api/v1/messages", JsonSerializer.Serialize(message), token);
        Assert.True(status == 202, json.ToString());
        return json;
    }

    /// <summary>Reads until there are so many, page by page.</summary>
    private static async Task<JsonElement[]> UntilAsync(AgentService service, string channel, int count)
    {
        List<JsonElement> messages = [];
        string after = "0";
        while (messages.Count < count)
        {
            JsonElement page = (await service.GetAsync($"/api/v1/messages?channel={channel}&after={after}&limit=300&wait=20")).Json;
            Assert.True(page.GetProperty("messages").GetArrayLength() > 0, $"{messages.Count} messages of {count}: {string.Join('\n', messages.TakeLast(10))}");
            messages.AddRange(page.GetProperty("messages").EnumerateArray());
            after = page.GetProperty("after").GetString()!;
        }

        Assert.Equal(count, messages.Count);
        return [.. messages];
    }

    /// <summary>The token of the running task of <c>slow</c>.</summary>
    private static async Task<string> TokenAsync(AgentService service)
    {
        string file = Path.Combine(service.Folder, "slow.token");
        await Until.TrueAsync(() => File.Exists(file));
        return (await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken)).Trim();
    }
}
