using System.Globalization;
using System.Text.Json;
using System.Threading.Channels;
using Plimsoll.Core.Ports;
using Plimsoll.Daemon.Hosting;
using Plimsoll.Daemon.Messages;

namespace Plimsoll.Daemon.Slack;

/// <summary>Tells Slack what is owed to it, in order; each text is durable until Slack has taken it.</summary>
/// <remarks>A crash between Slack's answer and its record repeats one text: Slack has no idempotency key for messages.</remarks>
internal sealed class SlackOutbox : IAsyncDisposable
{
    private const int Page = 100;

    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(1);

    private readonly IJournalReader reader;
    private readonly DurableRecords durable;
    private readonly SlackClient client;
    private readonly TimeProvider time;
    private readonly Action<string> notice;
    private readonly CancellationTokenSource stop = new();

    /// <summary>Full: the pump looks anyway.</summary>
    private readonly Channel<bool> wakes = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { SingleReader = true, FullMode = BoundedChannelFullMode.DropWrite });

    private readonly Task pump;

    public SlackOutbox(LoopHost loop, DurableRecords durable, SlackClient client, TimeProvider time, Action<string> notice)
    {
        reader = loop.State.Reader;
        this.durable = durable;
        this.client = client;
        this.time = time;
        this.notice = notice;
        Wake();
        pump = PumpAsync();
    }

    /// <summary>There may be something to tell.</summary>
    public void Wake() => wakes.Writer.TryWrite(true);

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await pump.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        client.Dispose();
        stop.Dispose();
    }

    private async Task PumpAsync()
    {
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        while (await wakes.Reader.WaitToReadAsync(stop.Token))
        {
            wakes.Reader.TryRead(out _);
            while (await reader.RecordsAsync(KeptSlackPost.RecordKind, "", Page, stop.Token) is { Count: > 0 } owed)
            {
                foreach (ServiceRecord record in owed)
                {
                    await TellAsync(JsonSerializer.Deserialize(record.Detail!, DaemonJsonContext.Default.KeptSlackPost)!);
                    await durable.WriteAsync([record with { Detail = null }]);
                }
            }
        }
    }

    /// <summary>Tries until Slack has taken it, or says that it never will.</summary>
    private async Task TellAsync(KeptSlackPost post)
    {
        TimeSpan pause = FirstPause;
        while (true)
        {
            SlackReply reply = await client.PostAsync(post, stop.Token);
            if (reply.Taken)
            {
                return;
            }

            if (!reply.MayTakeLater)
            {
                notice($"Slack does not take a message for {post.Channel}: {reply.Error}. It is dropped; the channel here has it.");
                return;
            }

            notice(string.Create(CultureInfo.InvariantCulture, $"Slack cannot be told at the moment ({reply.Error}); it is tried again"));
            await Task.Delay(reply.RetryAfter ?? pause, time, stop.Token);
            pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
        }
    }
}
