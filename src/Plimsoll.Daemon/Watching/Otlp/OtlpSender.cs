using System.IO.Compression;
using System.Net.Http.Headers;

namespace Plimsoll.Daemon.Watching.Otlp;

/// <summary>Posts documents of one signal to a collector, with what the protocol says of trying again; what is lost is counted, and told once until it goes well again.</summary>
/// <remarks>OTLP specification, "OTLP/HTTP". One request at a time; the counts may be read by any thread.</remarks>
internal sealed class OtlpSender : IDisposable
{
    private const int Tries = 5;
    private const int LongestAnswer = 1 << 16;

    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LongestWish = TimeSpan.FromMinutes(10);

    private readonly OtlpTarget target;
    private readonly TimeProvider time;
    private readonly Action<string> notice;
    private readonly HttpClient client;
    private long dropped;
    private long overflown;
    private int failing; // 1 = a loss was told; any thread
    private int crowded; // 1 = it was told that there is too much; any thread

    public OtlpSender(OtlpTarget target, TimeProvider time, Action<string> notice)
    {
        this.target = target;
        this.time = time;
        this.notice = notice;
        client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { Timeout = Timeout.InfiniteTimeSpan };
        foreach ((string name, string value) in target.Headers)
        {
            client.DefaultRequestHeaders.TryAddWithoutValidation(name, value);
        }
    }

    public OtlpTarget Target => target;

    /// <summary>Items that are lost: there were more than could be kept, or the collector did not take them.</summary>
    public long Dropped => Interlocked.Read(ref dropped);

    /// <summary>Sends until it is taken, refused for good, or tried often enough; never throws.</summary>
    /// <param name="items">How many things the document holds.</param>
    /// <param name="closing">Once it has ended there is one try and no more waiting.</param>
    public async Task SendAsync(byte[] body, int items, Task closing, CancellationToken stop)
    {
        for (int tried = 1; ; tried++)
        {
            bool last = tried == Tries || closing.IsCompleted;
            OtlpAnswer answer = await TryAsync(body, stop);
            if (answer.Taken)
            {
                Took(answer);
                return;
            }

            if (!answer.Again || last || stop.IsCancellationRequested)
            {
                Lose(items, answer.Words!);
                return;
            }

            await Task.WhenAny(Task.Delay(Pause(tried, answer.After), time, stop), closing);
        }
    }

    /// <summary>Counts what could not even be kept; told by <see cref="TellOverflow"/>, for here the loop may wait.</summary>
    public void Overflow()
    {
        Interlocked.Increment(ref overflown);
        Interlocked.Increment(ref dropped);
    }

    /// <summary>Says once that more comes than can be sent.</summary>
    public void TellOverflow()
    {
        if (Interlocked.Read(ref overflown) > 0 && Interlocked.Exchange(ref crowded, 1) == 0 && Volatile.Read(ref failing) == 0)
        {
            notice($"{target.Name} are lost: more come than the collector at {target.Address.Authority} takes. Work goes on");
        }
    }

    /// <summary>Counts items as lost, and says so unless that was said.</summary>
    public void Lose(int items, string reason)
    {
        Interlocked.Add(ref dropped, items);
        if (Interlocked.Exchange(ref failing, 1) == 0)
        {
            notice($"{target.Name} are lost: the collector at {target.Address.Authority} does not take them, {reason}. Work goes on; see OTEL_EXPORTER_OTLP_ENDPOINT");
        }
    }

    public void Dispose() => client.Dispose();

    private void Took(OtlpAnswer answer)
    {
        if (answer.Rejected > 0)
        {
            Lose((int)Math.Min(answer.Rejected, int.MaxValue), $"it took only a part: {answer.Words ?? "it does not say why"}");
        }
        else if (Interlocked.Exchange(ref failing, 0) == 1)
        {
            notice($"the collector at {target.Address.Authority} takes {target.Name} again; {Dropped} were lost since the start");
        }
        else if (answer.Words is { } words)
        {
            notice($"the collector at {target.Address.Authority} remarks on {target.Name}: {words}");
        }
    }

    private async Task<OtlpAnswer> TryAsync(byte[] body, CancellationToken stop)
    {
        using var limit = new CancellationTokenSource(target.Timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, stop);
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, target.Address) { Content = Content(body) };
            using HttpResponseMessage response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token);
            return response.IsSuccessStatusCode ? OtlpAnswer.Accepted(await ReadAsync(response, either.Token)) : OtlpAnswer.Refused(response.StatusCode, response.Headers.RetryAfter, time.GetUtcNow());
        }
        catch (HttpRequestException unreachable)
        {
            return OtlpAnswer.Unanswered($"it cannot be reached ({unreachable.HttpRequestError})");
        }
        catch (OperationCanceledException)
        {
            return OtlpAnswer.Unanswered(limit.IsCancellationRequested ? $"it did not answer within {target.Timeout.TotalSeconds:0.###} s" : "it did not answer before the end");
        }
    }

    private ByteArrayContent Content(byte[] body)
    {
        var content = new ByteArrayContent(target.Compresses ? Compress(body) : body);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        if (target.Compresses)
        {
            content.Headers.ContentEncoding.Add("gzip");
        }

        return content;
    }

    /// <summary>What a collector says on success; it was taken, so a body that breaks off or is too long changes nothing.</summary>
    private static async Task<ReadOnlyMemory<byte>> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        try
        {
            await using Stream stream = await response.Content.ReadAsStreamAsync(cancellationToken);
            byte[] bytes = new byte[LongestAnswer];
            return bytes.AsMemory(0, await stream.ReadAtLeastAsync(bytes, LongestAnswer, throwOnEndOfStream: false, cancellationToken));
        }
        catch (Exception broken) when (broken is IOException or OperationCanceledException)
        {
            return default;
        }
    }

    private static byte[] Compress(byte[] body)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write(body);
        }

        return packed.ToArray();
    }

    /// <summary>What the collector wishes, within reason; otherwise twice as long each time, spread so that many senders do not come back together.</summary>
    private TimeSpan Pause(int tried, TimeSpan? wish)
    {
        if (wish is { } wanted)
        {
            return wanted < TimeSpan.Zero ? TimeSpan.Zero : wanted > LongestWish ? LongestWish : wanted;
        }

        double spread = 0.75 + (time.GetTimestamp() / 1000 % 512 / 1024.0);
        TimeSpan pause = FirstPause * Math.Pow(2, tried - 1);
        return (pause > LongestPause ? LongestPause : pause) * spread;
    }
}
