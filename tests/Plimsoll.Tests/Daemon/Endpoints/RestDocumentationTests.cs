using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Plimsoll.Tests.Repository;
using Xunit;

namespace Plimsoll.Tests.Daemon.Endpoints;

/// <summary>Carries out every example of docs/rest.md, in order, on one service.</summary>
public sealed partial class RestDocumentationTests
{
    private const string Page = "docs/rest.md";

    private const string Configuration = """
        locks: {gpu: 2}
        templates:
          default: {params: [feature, target_url], noop: 0s}
          review: {params: [file], noop: 0s}
        agents:
          reviewer: {command: [sh, -c, "true # {{prompt}}"], max_concurrent: 2, capabilities: [csharp]}
        """;

    [Fact]
    public async Task Every_example_is_answered_as_the_page_says()
    {
        await using ServiceRig service = await ServiceRig.StartAsync(Configuration);
        int examples = 0;
        foreach (Match block in Blocks().Matches(RepositoryFiles.Read(Page).ReplaceLineEndings("\n")))
        {
            await CheckAsync(service, block.Groups["text"].Value);
            examples++;
        }

        Assert.True(examples > 20, $"only {examples} examples were found");
    }

    [Fact]
    public void Every_path_on_the_page_is_in_the_kept_document()
    {
        using JsonDocument document = JsonDocument.Parse(RepositoryFiles.Read("docs/openapi.json"));
        string[] known = [.. document.RootElement.GetProperty("paths").EnumerateObject().Select(static path => path.Name)];
        foreach (Match path in Paths().Matches(RepositoryFiles.Read(Page)))
        {
            string text = path.Value.Split('?')[0].TrimEnd('.', ',', '`', ';');
            Assert.True(text == "/api/v1" || text == "/api/v1/nothing" || Array.Exists(known, one => Matches(one, text)), $"{Page} names {text}, which openapi.json does not have");
        }
    }

    private static async Task CheckAsync(ServiceRig service, string block)
    {
        string[] parts = block.Trim('\n').Split("\n\n");
        string[] head = parts[0].Split('\n');
        string[] request = head[0].Split(' ');
        string type = head.Length > 1 ? head[1].Split(": ")[1] : "application/json";
        string? body = parts.Length > 2 ? string.Join("\n\n", parts[1..^1]) : null;
        string[] expected = parts[^1].Split(' ', 2);

        using var message = new HttpRequestMessage(new HttpMethod(request[0]), request[1]);
        message.Content = body is null ? null : new StringContent(body, Encoding.UTF8, type);
        using HttpResponseMessage response = await service.Socket.SendAsync(message, ServiceRig.Token);
        string answer = await response.Content.ReadAsStringAsync(ServiceRig.Token);

        Assert.True((int)response.StatusCode == int.Parse(expected[0], System.Globalization.CultureInfo.InvariantCulture), $"{head[0]} answered {(int)response.StatusCode}: {answer}");
        if (response.Content.Headers.ContentType?.MediaType is "application/json" or "application/problem+json")
        {
            Check(JsonElement.Parse(expected[1]), JsonElement.Parse(answer), head[0]);
        }
        else
        {
            Assert.Equal(expected[1], answer.TrimEnd('\n'));
        }
    }

    /// <summary>The example is a part of the answer; <c>…</c> stands for any value.</summary>
    private static void Check(JsonElement example, JsonElement answer, string place)
    {
        switch (example.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (JsonProperty member in example.EnumerateObject())
                {
                    Assert.True(answer.TryGetProperty(member.Name, out JsonElement found), $"{place}: no {member.Name} in {answer}");
                    Check(member.Value, found, $"{place} {member.Name}");
                }

                break;
            case JsonValueKind.Array:
                Assert.True(answer.GetArrayLength() == example.GetArrayLength(), $"{place}: {answer}");
                foreach ((JsonElement one, JsonElement found) in example.EnumerateArray().Zip(answer.EnumerateArray()))
                {
                    Check(one, found, place);
                }

                break;
            case JsonValueKind.String when example.GetString() == "…":
                break;
            default:
                Assert.True(JsonElement.DeepEquals(example, answer), $"{place}: the page says {example}, the service {answer}");
                break;
        }
    }

    private static bool Matches(string template, string path)
    {
        string[] wanted = template.Split('/');
        string[] found = path.Split('/');
        return wanted.Length == found.Length && wanted.Zip(found).All(static pair => pair.First == pair.Second || pair.First.StartsWith('{'));
    }

    [GeneratedRegex(@"^```http\n(?<text>.*?)^```", RegexOptions.Singleline | RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Blocks();

    [GeneratedRegex(@"/api/v1[A-Za-z0-9/{}._?=&-]*", RegexOptions.None, 1000)]
    private static partial Regex Paths();
}
