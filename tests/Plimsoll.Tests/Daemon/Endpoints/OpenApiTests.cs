using System.Text.Json;
using System.Text.Json.Nodes;
using Plimsoll.Daemon.OpenApi;
using Plimsoll.Tests.Repository;
using Xunit;

namespace Plimsoll.Tests.Daemon.Endpoints;

public sealed class OpenApiTests
{
    private const string Snapshot = "docs/openapi.json";

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>A change of the interface is seen in review. <c>PLIMSOLL_WRITE_SNAPSHOTS=1</c> in the environment of this test writes the file anew.</summary>
    [Fact]
    public async Task The_document_is_the_one_that_is_kept()
    {
        await using ServiceRig service = await ServiceRig.StartAsync();
        JsonNode document = JsonNode.Parse((await service.GetAsync("/api/v1/openapi.json")).GetRawText())!;
        document["info"]!["version"] = "1";
        string text = document.ToJsonString(Indented).ReplaceLineEndings("\n") + "\n";
        string path = Path.Combine(RepositoryFiles.Root, Snapshot);
        if (Environment.GetEnvironmentVariable("PLIMSOLL_WRITE_SNAPSHOTS") == "1")
        {
            await File.WriteAllTextAsync(path, text, ServiceRig.Token);
        }

        string kept = await File.ReadAllTextAsync(path, ServiceRig.Token);
        Assert.True(kept == text, $"the interface has changed from what {Snapshot} says. If that is meant, run this test with PLIMSOLL_WRITE_SNAPSHOTS=1 and look at the difference.");
    }

    [Fact]
    public async Task Every_route_is_described_and_nothing_is_described_that_is_not_there()
    {
        await using ServiceRig service = await ServiceRig.StartAsync();
        JsonElement document = await service.GetAsync("/api/v1/openapi.json");
        var routes = document.GetProperty("paths").EnumerateObject().SelectMany(static path => path.Value.EnumerateObject().Select(method => (method.Name.ToUpperInvariant(), path.Name))).ToHashSet();

        Assert.DoesNotContain(routes, static route => ApiCatalog.Find(route.Item1, route.Item2) is null); // a new route is described in src/Plimsoll.Daemon/OpenApi
        Assert.DoesNotContain(ApiCatalog.All, one => !one.IsOptional && !routes.Contains((one.Method, one.Path)));
        Assert.Contains(("GET", "/api/v1/events"), routes);
    }

    [Fact]
    public async Task References_lead_somewhere_and_names_of_operations_are_unique()
    {
        await using ServiceRig service = await ServiceRig.StartAsync();
        JsonElement document = await service.GetAsync("/api/v1/openapi.json");
        JsonElement schemas = document.GetProperty("components").GetProperty("schemas");

        foreach (string reference in Values(document, "$ref").Where(static one => one.StartsWith("#/components/schemas/", StringComparison.Ordinal)))
        {
            Assert.True(schemas.TryGetProperty(reference["#/components/schemas/".Length..], out _), reference);
        }

        Assert.DoesNotContain(Values(document, "$ref"), static one => !one.StartsWith("#/components/", StringComparison.Ordinal));
        string[] ids = [.. Values(document, "operationId")];
        Assert.Equal(ids.Length, ids.Distinct(StringComparer.Ordinal).Count());
        Assert.StartsWith("3.1", document.GetProperty("openapi").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_certain_to_be_answered_is_required()
    {
        await using ServiceRig service = await ServiceRig.StartAsync();
        JsonElement schemas = (await service.GetAsync("/api/v1/openapi.json")).GetProperty("components").GetProperty("schemas");

        string?[] required = [.. schemas.GetProperty("Health").GetProperty("required").EnumerateArray().Select(static one => one.GetString())];

        Assert.Contains("status", required);
        Assert.DoesNotContain("trouble", required);
    }

    private static IEnumerable<string> Values(JsonElement node, string name) => node.ValueKind switch
    {
        JsonValueKind.Object => node.EnumerateObject().SelectMany(member => member.NameEquals(name) && member.Value.ValueKind == JsonValueKind.String ? [member.Value.GetString()!] : Values(member.Value, name)),
        JsonValueKind.Array => node.EnumerateArray().SelectMany(item => Values(item, name)),
        _ => [],
    };
}
