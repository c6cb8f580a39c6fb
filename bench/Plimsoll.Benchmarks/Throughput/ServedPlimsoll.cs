using System.Diagnostics;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Plimsoll.Benchmarks.Frame;

namespace Plimsoll.Benchmarks.Throughput;

/// <summary>A <c>plimsoll serve</c> of the bench's folder, reached over its Unix socket.</summary>
internal sealed class ServedPlimsoll : IDisposable
{
    private readonly Process process;
    private readonly HttpClient client;

    public ServedPlimsoll(Workbench bench, int slots)
    {
        ProcessStartInfo start = new(Workbench.Plimsoll) { WorkingDirectory = bench.Folder, RedirectStandardOutput = true, UseShellExecute = false };
        foreach (string word in (string[])["serve", "--listen", "none", "--json", "-j", $"{slots}", "--state", bench.FreshState()])
        {
            start.ArgumentList.Add(word);
        }

        process = Process.Start(start)!;
        string ready = process.StandardOutput.ReadLine() ?? throw new InvalidOperationException("plimsoll serve ended before it was ready");
        using JsonDocument json = JsonDocument.Parse(ready);
        string socket = json.RootElement.GetProperty("socket").GetString()!;
        client = new HttpClient(new SocketsHttpHandler
        {
            ConnectCallback = async (_, cancellation) =>
            {
                var connection = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
                await connection.ConnectAsync(new UnixDomainSocketEndPoint(socket), cancellation);
                return new NetworkStream(connection, ownsSocket: true);
            },
        })
        {
            BaseAddress = new Uri("http://localhost"),
        };
    }

    public async Task PostAsync(string path, string body)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
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
