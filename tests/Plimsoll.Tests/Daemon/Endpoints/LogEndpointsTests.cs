using System.Net;
using System.Text;
using Xunit;

namespace Plimsoll.Tests.Daemon.Endpoints;

public sealed class LogEndpointsTests
{
    private static readonly TimeSpan Enough = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task What_an_attempt_wrote_comes_back_byte_for_byte()
    {
        await using ServiceRig service = await ServiceRig.StartAsync();
        string id = await service.SubmitAsync("""{"name": "loud", "run": "printf 'a\\033[31mred\\377\\000z'; printf oops >&2"}""");
        await service.UntilAsync(id, "succeeded");

        using HttpResponseMessage output = await GetAsync(service, $"/api/v1/tasks/{id}/logs");
        using HttpResponseMessage error = await GetAsync(service, $"/api/v1/runs/1/tasks/loud/logs?stream=err&attempt=1");

        Assert.Equal(HttpStatusCode.OK, output.StatusCode);
        Assert.Equal("text/plain; charset=utf-8", output.Content.Headers.ContentType?.ToString());
        Assert.Equal("nosniff", Assert.Single(output.Headers.GetValues("X-Content-Type-Options")));
        Assert.Equal([.. "a\u001b[31mred"u8, 0xFF, 0, (byte)'z'], await output.Content.ReadAsByteArrayAsync(ServiceRig.Token));
        Assert.Equal("oops", await error.Content.ReadAsStringAsync(ServiceRig.Token));
    }

    [Theory]
    [InlineData("bytes=2-4", 206, "234", "bytes 2-4/10")]
    [InlineData("bytes=7-", 206, "789", "bytes 7-9/10")]
    [InlineData("bytes=-2", 206, "89", "bytes 8-9/10")]
    [InlineData("bytes=-99", 206, "0123456789", "bytes 0-9/10")]
    [InlineData("bytes=5-99999999999999999", 206, "56789", "bytes 5-9/10")]
    [InlineData("bytes=10-", 416, null, "bytes */10")]
    [InlineData("bytes=-0", 416, null, "bytes */10")]
    [InlineData("bytes=4-2", 200, "0123456789", null)]
    [InlineData("bytes=0-1,4-5", 200, "0123456789", null)]
    [InlineData("lines=0-1", 200, "0123456789", null)]
    public async Task A_part_is_answered_as_the_protocol_says(string range, int status, string? text, string? content)
    {
        await using ServiceRig service = await ServiceRig.StartAsync();
        string id = await service.SubmitAsync("""{"run": "printf 0123456789"}""");
        await service.UntilAsync(id, "succeeded");

        using HttpResponseMessage response = await GetAsync(service, $"/api/v1/runs/1/tasks/{id.Split('.')[1]}/logs", range);

        Assert.Equal(status, (int)response.StatusCode);
        Assert.Equal(content, response.Content.Headers.ContentRange?.ToString());
        if (text is not null)
        {
            Assert.Equal(text, await response.Content.ReadAsStringAsync(ServiceRig.Token));
            Assert.Equal(text.Length, response.Content.Headers.ContentLength);
        }
    }

    [Fact]
    public async Task A_log_is_followed_until_its_attempt_ends()
    {
        await using ServiceRig service = await ServiceRig.StartAsync();
        string go = Path.Combine(service.Project.Folder, "go");
        string id = await service.SubmitAsync($$"""{"run": "echo one; until test -e {{go}}; do sleep 0.05; done; echo two"}""");

        using HttpResponseMessage response = await GetAsync(service, $"/api/v1/tasks/{id}/logs?follow=true");
        using var lines = new StreamReader(await response.Content.ReadAsStreamAsync(ServiceRig.Token), Encoding.UTF8);

        Assert.Equal("one", await LineAsync(lines));
        await File.WriteAllTextAsync(go, "", ServiceRig.Token);
        Assert.Equal("two", await LineAsync(lines));
        Assert.Null(await LineAsync(lines));
    }

    [Fact]
    public async Task Following_begins_where_the_client_has_read_to()
    {
        await using ServiceRig service = await ServiceRig.StartAsync();
        string id = await service.SubmitAsync("""{"run": "printf 0123456789"}""");
        await service.UntilAsync(id, "succeeded");

        using HttpResponseMessage response = await GetAsync(service, $"/api/v1/tasks/{id}/logs?follow=true", "bytes=8-");

        Assert.Equal("89", await response.Content.ReadAsStringAsync(ServiceRig.Token));
    }

    [Theory]
    [InlineData("/api/v1/tasks/1.9/logs", 404)]
    [InlineData("/api/v1/tasks/..%2F..%2Fplimsoll.yaml/logs", 404)]
    [InlineData("/api/v1/runs/1/tasks/..%2F..%2F..%2Ftoken/logs", 404)]
    [InlineData("/api/v1/runs/1/tasks/%2Fetc%2Fpasswd/logs", 404)]
    [InlineData("/api/v1/tasks/1.0/logs?attempt=7", 404)]
    [InlineData("/api/v1/tasks/1.0/logs?attempt=0", 400)]
    [InlineData("/api/v1/tasks/1.0/logs?attempt=../1", 400)]
    [InlineData("/api/v1/tasks/1.0/logs?stream=pid", 400)]
    [InlineData("/api/v1/tasks/1.0/logs?stream=../../token", 400)]
    public async Task Nothing_but_output_can_be_named(string path, int status)
    {
        await using ServiceRig service = await ServiceRig.StartAsync();
        string id = await service.SubmitAsync("""{"run": "true"}""");
        await service.UntilAsync(id, "succeeded");

        await service.ExpectAsync(status, HttpMethod.Get, path);
    }

    [Fact]
    public async Task A_link_in_the_place_of_output_is_not_followed()
    {
        await using ServiceRig service = await ServiceRig.StartAsync();
        string id = await service.SubmitAsync("""{"run": "echo mine"}""");
        string output = (await service.UntilAsync(id, "succeeded")).GetProperty("attempts")[0].GetProperty("stdout_path").GetString()!;
        File.Delete(output);
        File.CreateSymbolicLink(output, "/etc/passwd");

        await service.ExpectAsync(404, HttpMethod.Get, $"/api/v1/tasks/{id}/logs");
    }

    private static async Task<HttpResponseMessage> GetAsync(ServiceRig service, string path, string? range = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (range is not null)
        {
            request.Headers.TryAddWithoutValidation("Range", range);
        }

        return await service.Socket.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, ServiceRig.Token);
    }

    private static Task<string?> LineAsync(StreamReader lines) => lines.ReadLineAsync(ServiceRig.Token).AsTask().WaitAsync(Enough, ServiceRig.Token);
}
