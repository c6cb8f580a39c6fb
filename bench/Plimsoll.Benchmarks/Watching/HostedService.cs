using System.Diagnostics;
using System.Text;
using System.Text.Json;
using Plimsoll.Benchmarks.Frame;
using Plimsoll.Daemon.Projects;
using Plimsoll.Daemon.Requests;
using Plimsoll.Daemon.Serving;

namespace Plimsoll.Benchmarks.Watching;

/// <summary>A service in this process, which can be told not to watch itself; reached over its Unix socket.</summary>
internal sealed class HostedService : IAsyncDisposable
{
    private readonly ServiceSession session;

    private HostedService(ServiceSession session)
    {
        this.session = session;
        Client = SocketClient.To(session.Ready.Socket);
    }

    public HttpClient Client { get; }

    public static async Task<HostedService> StartAsync(string folder, int slots, bool watched)
    {
        Directory.CreateDirectory(folder);
        Project project = Value(Project.Open(new ProjectOptions(folder, null, null, new Dictionary<string, string>(StringComparer.Ordinal)), TimeProvider.System));
        var request = new ServiceRequest([], new TaskLimit(slots)) { IsUnwatched = !watched };
        return new HostedService(Value(await project.ServeAsync(request, static _ => { }, CancellationToken.None)));
    }

    /// <summary>A plan of no-op tasks in one stage.</summary>
    public static string Noops(int tasks, string lasting = "0s") =>
        $$"""{"name":"noop","tasks":{"t":{"noop":"{{lasting}}","matrix":{"i":[{{string.Join(',', Enumerable.Range(0, tasks))}}] } } } }""";

    public async Task<int> SubmitAsync(string plan) => (await PostAsync("/api/v1/runs", $$"""{"plan": "{{JsonEncodedText.Encode(plan)}}", "format": "json"}""")).GetProperty("run").GetInt32();

    public async Task EndOfAsync(int run)
    {
        JsonElement answer = await PostAsync("/api/v1/wait", $$"""{"tasks": ["{{run}}"], "timeout_seconds": 3000}""");
        if (!answer.GetProperty("done").GetBoolean())
        {
            throw new InvalidOperationException($"run {run} did not end: {answer}");
        }
    }

    /// <summary>The time from the first start to the last end of a queue that was there before.</summary>
    public async Task<TimeSpan> DrainAsync(int tasks)
    {
        await PostAsync("/api/v1/pause", "{}");
        int run = await SubmitAsync(Noops(tasks));
        long begun = Stopwatch.GetTimestamp();
        await PostAsync("/api/v1/resume", "{}");
        await EndOfAsync(run);
        return Stopwatch.GetElapsedTime(begun);
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await session.DisposeAsync();
    }

    private async Task<JsonElement> PostAsync(string path, string body)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using HttpResponseMessage response = await Client.PostAsync(new Uri(path, UriKind.Relative), content);
        string text = await response.Content.ReadAsStringAsync();
        return response.IsSuccessStatusCode ? JsonElement.Parse(text) : throw new InvalidOperationException($"{path} answered {(int)response.StatusCode}: {text}");
    }

    private static T Value<T>(Outcome<T> outcome) => outcome.TryGet(out T? value, out Refusal? refusal) ? value : throw new InvalidOperationException(refusal.Message);
}
