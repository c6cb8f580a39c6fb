using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Plimsoll.Benchmarks.Frame;

namespace Plimsoll.Benchmarks.Throughput;

/// <summary>A <c>plimsoll serve</c> of the bench's folder with a fresh state, reached over its Unix socket, or over TCP with its token when it listens there.</summary>
internal sealed class ServedPlimsoll : IDisposable
{
    /// <summary>A free port of loopback.</summary>
    public const string Loopback = "127.0.0.1:0";

    private readonly Process process;
    private readonly HttpClient client;

    /// <param name="journal">URL of the journal; null = SQLite in the state folder.</param>
    public ServedPlimsoll(Workbench bench, int slots, string listen = "none", string? journal = null)
    {
        State = bench.FreshState();
        ProcessStartInfo start = new(Workbench.Plimsoll) { WorkingDirectory = bench.Folder, RedirectStandardOutput = true, UseShellExecute = false };
        foreach (string word in (string[])["serve", "--listen", listen, "--json", "-j", $"{slots}", "--state", State, .. journal is null ? Array.Empty<string>() : ["--journal", journal]])
        {
            start.ArgumentList.Add(word);
        }

        process = Process.Start(start)!;
        string ready = process.StandardOutput.ReadLine() ?? throw new InvalidOperationException("plimsoll serve ended before it was ready");
        using JsonDocument json = JsonDocument.Parse(ready);
        if (json.RootElement.GetProperty("urls").EnumerateArray().Select(url => url.GetString()!).FirstOrDefault() is { } url)
        {
            Url = url;
            client = new HttpClient { BaseAddress = new Uri(url) };
            client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", File.ReadAllText(json.RootElement.GetProperty("token_file").GetString()!).Trim());
            return;
        }

        string socket = json.RootElement.GetProperty("socket").GetString()!;
        Url = "http://localhost";
        client = SocketClient.To(socket);
    }

    /// <summary>The state folder.</summary>
    public string State { get; }

    /// <summary>Where it answers.</summary>
    public string Url { get; }

    /// <summary>MiB of memory that are resident now.</summary>
    public double ResidentMebibytes
    {
        get
        {
            string line = File.ReadLines($"/proc/{process.Id}/status").First(one => one.StartsWith("VmRSS:", StringComparison.Ordinal));
            return double.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) / 1024;
        }
    }

    /// <summary>Processor time of all its threads so far.</summary>
    public TimeSpan ProcessorTime
    {
        get
        {
            process.Refresh();
            return process.TotalProcessorTime;
        }
    }

    public Task PostAsync(string path, string body) => PostAsync(path, Encoding.UTF8.GetBytes(body));

    public async Task PostAsync(string path, byte[] body)
    {
        using var content = new ByteArrayContent(body);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        using HttpResponseMessage response = await client.PostAsync(path, content);
        if (!response.IsSuccessStatusCode)
        {
            throw new InvalidOperationException($"{path} answered {(int)response.StatusCode}: {await response.Content.ReadAsStringAsync()}");
        }
    }

    public async Task<JsonDocument> GetAsync(string path) => JsonDocument.Parse(await client.GetStringAsync(path));

    public void Dispose()
    {
        client.Dispose();
        process.Kill();
        process.WaitForExit();
        process.Dispose();
    }
}
