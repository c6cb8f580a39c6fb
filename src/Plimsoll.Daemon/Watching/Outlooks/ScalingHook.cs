using System.Net.Http.Headers;
using System.Text.Json;
using Plimsoll.Client.Watching;

namespace Plimsoll.Daemon.Watching.Outlooks;

/// <summary>Tells an address how many nodes are wanted: the newest advice only, with retries, off every path that works.</summary>
internal sealed class ScalingHook : IAsyncDisposable
{
    private const int Tries = 5;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    private readonly Uri address;
    private readonly TimeProvider time;
    private readonly Action<string> notice;
    private readonly HttpClient client = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { Timeout = Patience };
    private readonly CancellationTokenSource stop = new();
    private readonly SemaphoreSlim filled = new(0);
    private readonly Task work;
    private ScalingView? next; // any thread

    public ScalingHook(Uri address, TimeProvider time, Action<string> notice)
    {
        this.address = address;
        this.time = time;
        this.notice = notice;
        work = WorkAsync();
    }

    public void Tell(ScalingView view)
    {
        if (Interlocked.Exchange(ref next, view) is null)
        {
            filled.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await work.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        client.Dispose();
        filled.Dispose();
        stop.Dispose();
    }

    private async Task WorkAsync()
    {
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        while (true)
        {
            await filled.WaitAsync(stop.Token);
            if (Interlocked.Exchange(ref next, null) is { } view)
            {
                await SendAsync(view);
            }
        }
    }

    private async Task SendAsync(ScalingView view)
    {
        for (int tried = 1; tried <= Tries && Volatile.Read(ref next) is null; tried++)
        {
            string reason;
            try
            {
                using var content = new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(view, WatchViewContext.Default.ScalingView));
                content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
                using var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = content };
                using HttpResponseMessage answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, stop.Token);
                if (answer.IsSuccessStatusCode)
                {
                    return;
                }

                reason = $"it answered {(int)answer.StatusCode}";
            }
            catch (Exception error) when (error is HttpRequestException || (error is OperationCanceledException && !stop.IsCancellationRequested))
            {
                reason = error is HttpRequestException unreachable ? $"it cannot be reached ({unreachable.HttpRequestError})" : "it did not answer in time";
            }

            if (tried == Tries)
            {
                notice($"the scaling hook at {address.Host} was not told that {view.DesiredNodes} nodes are wanted: {reason}");
                return;
            }

            await Task.Delay(Pause, time, stop.Token);
        }
    }
}
