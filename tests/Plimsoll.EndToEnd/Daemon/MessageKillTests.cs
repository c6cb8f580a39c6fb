using System.Collections.Concurrent;
using System.Text.Json;
using Plimsoll.EndToEnd.Support;
using Xunit;

namespace Plimsoll.EndToEnd.Daemon;

/// <summary>A service that is killed while messages, their tasks and their answers are under way.</summary>
public sealed class MessageKillTests
{
    private const int Messages = 240;
    private const int Kills = 4;

    [Fact]
    public async Task Every_message_is_kept_once_and_answered_once()
    {
        using TemporaryProject project = new();
        project.Write("plimsoll.yaml", """
            templates:
              fast: { params: [text], noop: 0s }
              slow: { params: [text], run: [sh, -c, 'sleep 0.1; echo "$1"', sh, "{{text}}"] }
            channels: { review: { agents: [fast, slow] } }
            """);
        ConcurrentDictionary<int, bool> acknowledged = [];
        for (int life = 0; life <= Kills; life++)
        {
            using ServiceProcess service = new(project, "-j", "8");
            await service.ReadyAsync();

            // What nobody has answered for is posted again, and some that somebody has, as clients do.
            int until = Messages * (life + 1) / (Kills + 1);
            int[] numbers = [.. Enumerable.Range(0, until).Where(number => number % 7 == 0 || !acknowledged.ContainsKey(number))];
            int enough = acknowledged.Count + ((until - acknowledged.Count) / 2);
            Task posting = Parallel.ForEachAsync(numbers, new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (number, _) => await PostAsync(service, number, acknowledged));
            if (life == Kills)
            {
                await posting;
                Assert.Equal(Messages, acknowledged.Count);
                await CheckAsync(service);
                service.AskToStop();
                await service.StoppedAsync();
                break;
            }

            await TemporaryProject.UntilAsync(() => acknowledged.Count >= enough, "half of them are acknowledged");
            await service.KillAsync();
            await posting;
        }

        await project.NothingRunsAsync();
    }

    private static async Task PostAsync(ServiceProcess service, int number, ConcurrentDictionary<int, bool> acknowledged)
    {
        string message = $$"""{"channel": "review", "text": "@{{(number % 3 == 0 ? "slow" : "fast")}} {{number}}", "idempotency_key": "{{number}}"}""";
        if (await service.AskAsync(HttpMethod.Post, "/api/v1/messages", message) is not null)
        {
            acknowledged[number] = true;
        }
    }

    private static async Task CheckAsync(ServiceProcess service)
    {
        List<JsonElement> messages = [];
        string after = "0";
        while (messages.Count < 2 * Messages)
        {
            JsonElement? page = await service.AskAsync(HttpMethod.Get, $"/api/v1/messages?channel=review&after={after}&wait=8");
            Assert.True(page?.GetProperty("messages").GetArrayLength() > 0, $"{messages.Count} of {2 * Messages} messages\n{service.Seen}");
            messages.AddRange(page.Value.GetProperty("messages").EnumerateArray());
            after = page.Value.GetProperty("after").GetString()!;
        }

        await service.IdleAsync(TimeSpan.FromSeconds(30));
        Assert.Empty((await service.AskAsync(HttpMethod.Get, $"/api/v1/messages?channel=review&after={after}"))!.Value.GetProperty("messages").EnumerateArray());
        string[] asked = [.. messages.Where(static one => one.GetProperty("kind").GetString() == "message").Select(static one => one.GetProperty("text").GetString()!)];
        Assert.Equal(Messages, asked.Length);
        Assert.Equal(Messages, asked.Distinct().Count());
        Dictionary<string, string> answers = messages.Where(static one => one.GetProperty("kind").GetString() == "answer")
            .ToDictionary(static one => one.GetProperty("reply_to").GetString()!, static one => one.GetProperty("text").GetString()!);
        Assert.All(messages.Where(static one => one.GetProperty("kind").GetString() == "message"), message =>
        {
            string[] words = message.GetProperty("text").GetString()!.Split(' ');
            Assert.Equal(words[0] == "@slow" ? words[1] : "done", answers[message.GetProperty("id").GetString()!]);
        });
    }
}
