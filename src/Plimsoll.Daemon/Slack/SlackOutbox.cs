using System.Globalization;
using System.Text.Json;
using System.Threading.Channels;
using Plimsoll.Core.Ports;
using Plimsoll.Daemon.Hosting;
using Plimsoll.Daemon.Messages;

namespace Plimsoll.Daemon.Slack;

/// <summary>Tells Slack what is owed to it, in order; each text is durable until Slack has taken it.</summary>
/// <remarks>
/// Slack has no idempotency key for messages of apps (client_msg_id is for its own clients: https://github.com/slackapi/java-slack-sdk/issues/852).
/// So each carries its number as metadata, and a text of which nobody knows whether Slack has it (the service died, no answer came) is looked for
/// in the channel before it is told again. Where the app may not read the channel, it is told twice at worst.
/// </remarks>
internal sealed class SlackOutbox : IAsyncDisposable
{
    private const int Page = 100;

    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(1);

    private readonly string journal;
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
        journal = loop.State.Journal.Id;
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
        bool doubtful = true; // what the process before told last, it may not have recorded
        while (await wakes.Reader.WaitToReadAsync(stop.Token))
        {
            wakes.Reader.TryRead(out _);
            while (await reader.RecordsAsync(KeptSlackPost.RecordKind, "", Page, stop.Token) is { Count: > 0 } owed)
            {
                foreach (ServiceRecord record in owed)
                {
                    await TellAsync(JsonSerializer.Deserialize(record.Detail!, DaemonJsonContext.Default.KeptSlackPost)!, $"{journal}/{record.Key}", doubtful);
                    doubtful = false;
                    await durable.WriteAsync([record with { Detail = null }]);
                }
            }
        }
    }

    /// <summary>Tries until Slack has taken it, or says that it never will.</summary>
    /// <param name="id">The same for the same text, whoever tells it.</param>
    /// <param name="doubtful">True when Slack may have it already.</param>
    private async Task TellAsync(KeptSlackPost post, string id, bool doubtful)
    {
        TimeSpan pause = FirstPause;
        while (true)
        {
            if (doubtful && await client.HasAsync(post, id, stop.Token))
            {
                return;
            }

            SlackReply reply = await client.PostAsync(post, id, stop.Token);
            if (reply.Taken)
            {
                return;
            }

            doubtful = reply.IsUnknown;

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
