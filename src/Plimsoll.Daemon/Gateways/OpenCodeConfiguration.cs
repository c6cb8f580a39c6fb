using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using Plimsoll.Core.Providers;
using Plimsoll.Plans.Rendering;

namespace Plimsoll.Daemon.Gateways;

/// <summary>Writes the configuration that makes OpenCode's providers point at the gateway; what is there already is kept.</summary>
internal static class OpenCodeConfiguration
{
    public const string Variable = "OPENCODE_CONFIG_CONTENT";

    private const string ModelArgument = "--model=";

    public static string Write(
        Uri address,
        string root,
        string key,
        RenderedTask task,
        ImmutableArray<ProviderSettings> providers,
        IReadOnlyDictionary<string, string> inherited)
    {
        JsonObject configuration = Parse(inherited.GetValueOrDefault(Variable)) ?? [];
        JsonObject known = configuration["provider"] as JsonObject ?? [];
        configuration["provider"] = known;
        if (providers.Any(provider => provider.Kind == ProviderKind.Anthropic))
        {
            known["anthropic"] = Options(root + "/v1", key);
        }

        if (providers.Any(provider => provider.Kind != ProviderKind.Anthropic))
        {
            known["openai"] = Options(root + "/v1", key);
        }

        foreach (ProviderSettings other in providers.Where(provider => provider.Kind is ProviderKind.OpenAICompatible or ProviderKind.Azure))
        {
            JsonObject entry = Options($"{address.AbsoluteUri.TrimEnd('/')}/{other.Name}/v1", key);
            entry["npm"] = "@ai-sdk/openai-compatible";
            entry["name"] = other.Name;
            if (ModelOf(task, other.Name) is { } model)
            {
                entry["models"] = new JsonObject { [model] = new JsonObject() };
            }

            known[other.Name] = entry;
        }

        return configuration.ToJsonString();
    }

    private static JsonObject Options(string baseUrl, string key) => new()
    {
        ["options"] = new JsonObject { ["baseURL"] = baseUrl, ["apiKey"] = key },
    };

    /// <summary>The model of <c>--model=NAME/model</c>; a provider that OpenCode does not know has to list it.</summary>
    private static string? ModelOf(RenderedTask task, string provider)
    {
        string prefix = $"{ModelArgument}{provider}/";
        return task.Arguments.FirstOrDefault(argument => argument.StartsWith(prefix, StringComparison.Ordinal))?[prefix.Length..];
    }

    private static JsonObject? Parse(string? text)
    {
        try
        {
            return text is null ? null : JsonNode.Parse(text) as JsonObject;
        }
        catch (JsonException)
        {
            return null; // OpenCode would refuse it as well
        }
    }
}
