namespace Plimsoll.Benchmarks.Watching;

/// <summary>Readers of a service: open dashboards, and a scraper that reads the metrics once a second.</summary>
internal sealed class Onlookers : IAsyncDisposable
{
    private readonly CancellationTokenSource stop = new();
    private readonly List<Task> readers = [];

    private Onlookers()
    {
    }

    /// <summary>Begins to read; ends when every dashboard has had its first bytes.</summary>
    public static async Task<Onlookers> OpenAsync(HttpClient client, int dashboards, bool scraped)
    {
        var onlookers = new Onlookers();
        var begun = new List<Task>();
        for (int i = 0; i < dashboards; i++)
        {
            var first = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            begun.Add(first.Task);
            onlookers.readers.Add(onlookers.LookAsync(client, first));
        }

        if (scraped)
        {
            onlookers.readers.Add(onlookers.ScrapeAsync(client));
        }

        await Task.WhenAll(begun).WaitAsync(TimeSpan.FromSeconds(30));
        return onlookers;
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        foreach (Task reader in readers)
        {
            await reader.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        stop.Dispose();
    }

    private async Task LookAsync(HttpClient client, TaskCompletionSource first)
    {
        byte[] buffer = new byte[1 << 16];
        await using Stream stream = await client.GetStreamAsync(new Uri("/api/v1/overview/live", UriKind.Relative), stop.Token);
        while (await stream.ReadAsync(buffer, stop.Token) > 0)
        {
            first.TrySetResult();
        }
    }

    private async Task ScrapeAsync(HttpClient client)
    {
        using var tick = new PeriodicTimer(TimeSpan.FromSeconds(1));
        while (await tick.WaitForNextTickAsync(stop.Token))
        {
            await client.GetByteArrayAsync(new Uri("/metrics", UriKind.Relative), stop.Token);
        }
    }
}
