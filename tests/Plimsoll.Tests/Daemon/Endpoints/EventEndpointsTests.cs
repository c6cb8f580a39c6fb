using System.Text.Json;
using Plimsoll.Tests.Daemon.Streaming;
using Xunit;

namespace Plimsoll.Tests.Daemon.Endpoints;

public sealed class EventEndpointsTests
{
    private static readonly TimeSpan Enough = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task What_happens_to_a_task_is_told_in_order()
    {
        await using ServiceRig service = await ServiceRig.StartAsync();
        await using Subscriber watcher = await Subscriber.OpenAsync(service.Socket);
        string id = await service.SubmitAsync("""{"name": "bad", "run": "exit 3", "retries": 0}""");
        await service.UntilAsync(id, "failed", "dead");

        JsonElement started = await watcher.UntilAsync("task_started");
        JsonElement ended = await watcher.UntilAsync("task_ended");

        Assert.Equal("bad", started.GetProperty("task").GetString());
        Assert.Equal(3, ended.GetProperty("exit_code").GetInt32());
        Assert.Equal("failed", ended.GetProperty("outcome").GetString());
        Assert.False(ended.TryGetProperty("stdout_path", out _));
    }

    [Fact]
    public async Task Two_hundred_subscribers_are_all_told_the_same()
    {
        await using ServiceRig service = await ServiceRig.StartAsync();
        Subscriber[] watchers = new Subscriber[200];
        for (int i = 0; i < watchers.Length; i++)
        {
            watchers[i] = await Subscriber.OpenAsync(service.Socket, "kind=task_ended");
        }

        await service.ExpectAsync(202, HttpMethod.Post, "/api/v1/tasks", $$"""{"tasks": [{{string.Join(',', Enumerable.Repeat("""{"noop": "0s"}""", 50))}}]}""");

        foreach (Subscriber watcher in watchers)
        {
            string?[] ids = new string?[50];
            for (int i = 0; i < ids.Length; i++)
            {
                ids[i] = (await watcher.FrameAsync()).Id;
            }

            Assert.Equal(50, ids.Distinct(StringComparer.Ordinal).Count());
            await watcher.DisposeAsync();
        }
    }

    [Fact]
    public async Task A_watcher_of_a_run_hears_of_that_run_alone()
    {
        await using ServiceRig service = await ServiceRig.StartAsync();
        await using Subscriber watcher = await Subscriber.OpenAsync(service.Socket, "run=2");
        for (int i = 0; i < 2; i++)
        {
            await service.ExpectAsync(202, HttpMethod.Post, "/api/v1/runs", "tasks: [{id: x, noop: 0s}]", "application/yaml");
        }

        JsonElement one;
        do
        {
            one = await watcher.NextAsync();
            Assert.Equal(2, one.GetProperty("run").GetInt32());
        }
        while (one.GetProperty("kind").GetString() != "run_ended");
    }

    [Fact]
    public async Task A_client_of_an_earlier_service_is_told_of_the_gap()
    {
        using var project = new ProjectRig();
        string? last;
        await using (ServiceRig before = await ServiceRig.StartAsync(project: project))
        {
            await using Subscriber watcher = await Subscriber.OpenAsync(before.Socket);
            last = watcher.Opened.Id;
        }

        await using ServiceRig after = await ServiceRig.StartAsync(project: project);
        await using Subscriber back = await Subscriber.OpenAsync(after.Socket, last: last);

        Assert.Equal("gap", back.Opened.Event);
    }

    [Theory]
    [InlineData("run=x")]
    [InlineData("kind=task_exploded")]
    public async Task A_wish_that_cannot_be_read_is_a_problem_and_not_a_stream(string query)
    {
        await using ServiceRig service = await ServiceRig.StartAsync();

        await service.ExpectAsync(400, HttpMethod.Get, $"/api/v1/events?{query}");
    }

    [Fact]
    public async Task Nobody_hears_anything_without_a_token()
    {
        await using ServiceRig service = await ServiceRig.StartAsync();

        await service.ExpectAsync(401, HttpMethod.Get, "/api/v1/events", client: service.Tcp);
    }

    [Fact]
    public async Task A_service_that_stops_ends_its_streams()
    {
        using var project = new ProjectRig();
        await using ServiceRig service = await ServiceRig.StartAsync(project: project);
        await using Subscriber watcher = await Subscriber.OpenAsync(service.Socket);

        await service.Session.StopAsync(TimeSpan.Zero, ServiceRig.Token).WaitAsync(Enough, ServiceRig.Token);

        await Assert.ThrowsAnyAsync<IOException>(async () =>
        {
            while (true)
            {
                await watcher.FrameAsync();
            }
        });
    }

    private sealed class Subscriber : IAsyncDisposable
    {
        private readonly HttpResponseMessage response;
        private readonly SseReader reader;

        private Subscriber(HttpResponseMessage response, Stream body)
        {
            this.response = response;
            reader = new SseReader(body);
        }

        /// <summary>The first frame.</summary>
        public SseFrame Opened { get; private set; } = new(null, null, null);

        public static async Task<Subscriber> OpenAsync(HttpClient client, string query = "", string? last = null)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/events?" + query);
            if (last is not null)
            {
                request.Headers.Add("Last-Event-ID", last);
            }

            HttpResponseMessage response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, ServiceRig.Token);
            Assert.Equal("text/event-stream", response.Content.Headers.ContentType?.MediaType);
            var subscriber = new Subscriber(response, await response.Content.ReadAsStreamAsync(ServiceRig.Token));
            subscriber.Opened = await subscriber.FrameAsync();
            return subscriber;
        }

        public Task<SseFrame> FrameAsync() => reader.NextAsync(ServiceRig.Token).WaitAsync(Enough, ServiceRig.Token);

        public async Task<JsonElement> NextAsync() => JsonElement.Parse((await FrameAsync()).Data!);

        public async Task<JsonElement> UntilAsync(string kind)
        {
            while (true)
            {
                JsonElement one = await NextAsync();
                if (one.GetProperty("kind").GetString() == kind)
                {
                    return one;
                }
            }
        }

        public ValueTask DisposeAsync()
        {
            reader.Dispose();
            response.Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
