using System.Net.Sockets;
using System.Text;
using Plimsoll.Calibration.ProviderModel.Serving;
using Xunit;

namespace Plimsoll.Tests.Calibration.ProviderModel;

public sealed class SteadyServerTests
{
    private const string Chunked = "POST /c HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n";
    private const string Sized = "POST /a HTTP/1.1\r\nHost: x\r\ncontent-length: 5\r\n\r\nhello";
    private const string Bare = "GET /b HTTP/1.1\r\nHost: x\r\n\r\n";
    private static readonly byte[] Answer = SteadyServer.Whole("application/json", [new("x-a", "1")], "{}");

    [Fact]
    public async Task Every_request_has_the_same_answer_however_its_bytes_are_split()
    {
        using SteadyServer server = SteadyServer.Start(Answer);
        byte[] requests = Encoding.ASCII.GetBytes(Sized + Bare + Chunked + Sized);
        byte[] expected = [.. Answer, .. Answer, .. Answer, .. Answer];
        for (int split = 0; split < requests.Length; split++)
        {
            using TcpClient client = new() { NoDelay = true };
            await client.ConnectAsync("127.0.0.1", new Uri(server.BaseUrl).Port, TestContext.Current.CancellationToken);
            NetworkStream stream = client.GetStream();
            await stream.WriteAsync(requests.AsMemory(0, split), TestContext.Current.CancellationToken);
            await stream.WriteAsync(requests.AsMemory(split), TestContext.Current.CancellationToken);
            byte[] received = new byte[expected.Length];
            await stream.ReadExactlyAsync(received, TestContext.Current.CancellationToken);
            Assert.Equal(expected, received);
        }
    }

    [Fact]
    public async Task A_client_reads_it_as_http()
    {
        using SteadyServer server = SteadyServer.Start(Answer);
        using HttpClient client = new() { BaseAddress = new(server.BaseUrl) };
        using HttpResponseMessage response = await client.PostAsync(new Uri("/v1/messages", UriKind.Relative), new StringContent("{}"), TestContext.Current.CancellationToken);
        Assert.Equal("1", Assert.Single(response.Headers.GetValues("x-a")));
        Assert.Equal("{}", await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }
}
