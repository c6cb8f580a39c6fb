using System.IO.Pipelines;
using System.Text.Json;
using Plimsoll.Client.Events;
using Plimsoll.Daemon.Streaming;
using Xunit;

namespace Plimsoll.Tests.Daemon.Streaming;

public sealed class EventStreamTests
{
    private static readonly TimeSpan Enough = TimeSpan.FromSeconds(30);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Nothing_is_kept_before_somebody_has_subscribed()
    {
        await using var feed = new EventFeed(3, TimeProvider.System);

        feed.Tell(Added(1));

        Assert.Equal(0, feed.Subscribe());
        feed.Tell(Added(2));
        Assert.Equal(1, feed.Subscribe());
    }

    [Fact]
    public async Task A_stream_opens_with_the_place_a_client_can_come_back_to()
    {
        await using var feed = new EventFeed(3, TimeProvider.System);
        await using var stream = new OpenStream(feed);

        Assert.Equal(("opened", "3-0"), await stream.NextAsync());

        feed.Tell(Added(7));
        SseFrame told = await stream.FrameAsync();
        Assert.Equal("3-1", told.Id);
        Assert.Null(told.Event);
        Assert.Equal("tasks_added", JsonElement.Parse(told.Data!).GetProperty("kind").GetString());
    }

    [Fact]
    public async Task A_client_that_comes_back_gets_what_it_missed_and_nothing_twice()
    {
        await using var feed = new EventFeed(3, TimeProvider.System);
        feed.Subscribe();
        for (int i = 0; i < 10; i++)
        {
            feed.Tell(Added(i));
        }

        await using var stream = new OpenStream(feed, "3-6");

        Assert.Equal("opened", (await stream.FrameAsync()).Event);
        Assert.Equal(["3-7", "3-8", "3-9", "3-10"], await stream.IdsAsync(4));
    }

    [Theory]
    [InlineData("2-5")]
    [InlineData("3-99")]
    [InlineData("nonsense")]
    [InlineData("3--1")]
    public async Task A_place_that_is_not_known_here_is_told_as_a_gap(string last)
    {
        await using var feed = new EventFeed(3, TimeProvider.System);
        feed.Subscribe();
        feed.Tell(Added(1));

        await using var stream = new OpenStream(feed, last);

        Assert.Equal("gap", (await stream.FrameAsync()).Event);
        Assert.Equal(("opened", "3-1"), await stream.NextAsync());
    }

    [Fact]
    public async Task A_client_that_reads_too_slowly_is_told_how_much_it_missed_and_holds_nobody_up()
    {
        await using var feed = new EventFeed(3, TimeProvider.System, capacity: 8);
        await using var slow = new OpenStream(feed, buffer: 1);
        await using var quick = new OpenStream(feed);
        await quick.FrameAsync();
        for (int i = 0; i < 4; i++)
        {
            feed.Tell(Added(i));
        }

        Assert.Equal(4, (await quick.IdsAsync(4)).Length);
        for (int i = 0; i < 96; i++)
        {
            feed.Tell(Added(i)); // never waits
        }

        List<SseFrame> frames = [];
        while (frames is not [.., { Id: "3-100" }])
        {
            frames.Add(await slow.FrameAsync());
        }

        SseFrame gap = Assert.Single(frames, static frame => frame.Event == "gap");
        long missed = JsonElement.Parse(gap.Data!).GetProperty("missed").GetInt64();
        Assert.Equal(100, missed + frames.Count(static frame => frame.Event is null));
    }

    [Fact]
    public async Task A_silent_stream_shows_that_it_lives_and_moves_the_place_of_its_client()
    {
        await using var feed = new EventFeed(3, TimeProvider.System);
        await using var stream = new OpenStream(feed, takes: static _ => false, heartbeat: TimeSpan.FromMilliseconds(1));
        await stream.FrameAsync();
        feed.Tell(Added(1));

        SseFrame frame = await stream.FrameAsync();
        while (frame.Id != "3-1")
        {
            Assert.Null(frame.Data);
            frame = await stream.FrameAsync();
        }

        Assert.Null(frame.Data);
    }

    [Fact]
    public void Every_kind_of_event_has_a_word()
    {
        Assert.Contains("task_ended", EventKinds.All);
        Assert.Equal("tasks_added", EventKinds.Of(Added(1)));
        Assert.Equal(EventKinds.All.Count, EventKinds.All.Distinct(StringComparer.Ordinal).Count());
    }

    private static TasksAddedView Added(int first) => new(default, 1, first, 1);

    /// <summary>A stream with its reader, which reads when it is asked to.</summary>
    private sealed class OpenStream : IAsyncDisposable
    {
        private readonly Pipe pipe;
        private readonly CancellationTokenSource over = new();
        private readonly Task writing;
        private readonly SseReader reader;

        public OpenStream(EventFeed feed, string? last = null, long buffer = 65_536, Func<ServiceEvent, bool>? takes = null, TimeSpan? heartbeat = null)
        {
            pipe = new Pipe(new PipeOptions(pauseWriterThreshold: buffer, resumeWriterThreshold: buffer / 2, useSynchronizationContext: false));
            reader = new SseReader(pipe.Reader.AsStream());
            var stream = new EventStream(feed, pipe.Writer, takes ?? (static _ => true), TimeProvider.System) { Heartbeat = heartbeat ?? Enough };
            writing = stream.WriteAsync(last, static () => true, over.Token);
        }

        public Task<SseFrame> FrameAsync() => reader.NextAsync(Token).WaitAsync(Enough, Token);

        public async Task<(string? Event, string? Id)> NextAsync()
        {
            SseFrame frame = await FrameAsync();
            return (frame.Event, frame.Id);
        }

        public async Task<string[]> IdsAsync(int count)
        {
            string[] ids = new string[count];
            for (int i = 0; i < count; i++)
            {
                ids[i] = (await FrameAsync()).Id!;
            }

            return ids;
        }

        public async ValueTask DisposeAsync()
        {
            await over.CancelAsync();
            await pipe.Reader.CompleteAsync();
            await writing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            reader.Dispose();
            over.Dispose();
        }
    }
}
