using System.Buffers;
using System.Text;
using System.Text.Json;
using Plimsoll.Plans.Configuration;
using Plimsoll.Plans.Providers;

namespace Plimsoll.Plans.Schema;

/// <summary>The published JSON Schema (2020-12) of <c>plimsoll.yaml</c>.</summary>
public static class ConfigurationSchema
{
    private const string Anything = """{"type":["string","number","boolean","object","null"]}""";
    private const string Switch = """{"enum":[true,false,"on","off","yes","no"]}""";
    private const string Dollars = """{"description":"5, 0.50 or 5 USD","type":["number","string"]}""";

    /// <summary>What is known of values beyond their description; a setting that is not here takes a single value or a mapping.</summary>
    private static readonly Dictionary<string, string> Values = new(StringComparer.Ordinal)
    {
        ["locks"] = """{"type":"object","additionalProperties":{"type":"integer","minimum":1}}""",
        ["agents"] = """{"type":"object","additionalProperties":{"type":"object"}}""",
        ["templates"] = """{"type":"object","additionalProperties":{"type":"object"}}""",
        ["channels"] = """{"type":"object","additionalProperties":{"type":"object","required":["agents"],"additionalProperties":false,"properties":{"agents":{"anyOf":[{"type":"string"},{"type":"array","minItems":1,"maxItems":50,"items":{"type":"string"}}]},"slack":{"type":"object","required":["team","channel","users"],"additionalProperties":false,"properties":{"team":{"type":"string"},"channel":{"type":"string"},"users":{"anyOf":[{"type":"string"},{"type":"array","minItems":1,"items":{"type":"string"}}]}}}}}}""",
        ["slack.token"] = """{"$ref":"#/$defs/key"}""",
        ["slack.signing_secret"] = """{"$ref":"#/$defs/key"}""",
        ["limits"] = """{"type":"object","additionalProperties":{"$ref":"#/$defs/limit"}}""",
        ["providers"] = """{"type":"object","additionalProperties":{"$ref":"#/$defs/provider"}}""",
        ["pools"] = """{"type":"object","additionalProperties":{"type":"object","required":["endpoints"],"additionalProperties":false,"properties":{"strategy":{"enum":["round_robin","least_loaded","weighted_round_robin","capability"]},"endpoints":{"anyOf":[{"type":"string"},{"type":"array","minItems":1,"items":{"anyOf":[{"type":"string"},{"$ref":"#/$defs/endpoint"}]}}]}}}}""",
        ["gateway.port"] = """{"type":"integer","minimum":0,"maximum":65535}""",
        ["gateway.cache"] = """{"anyOf":[{"enum":[false,"off"]},{"type":"object","additionalProperties":false,"properties":{"routes":{"type":"array","items":{"enum":["messages","chat/completions","responses","embeddings"]}},"entries":{"type":"integer","minimum":1,"maximum":10000000},"ttl":{"$ref":"#/$defs/duration"},"size":{"$ref":"#/$defs/size"}}}]}""",
        ["gateway.batching"] = """{"anyOf":[{"enum":[false,"off"]},{"type":"object","additionalProperties":false,"properties":{"requests":{"type":"integer","minimum":1,"maximum":2048},"window":{"$ref":"#/$defs/duration"}}}]}""",
        ["gateway.budgets"] = """{"type":"object","additionalProperties":false,"properties":{"per_task":{"$ref":"#/$defs/dollars"},"per_run":{"$ref":"#/$defs/dollars"},"per_day":{"$ref":"#/$defs/dollars"}}}""",
        ["gateway.keys"] = """{"type":"object","additionalProperties":{"type":"object","required":["key"],"additionalProperties":false,"properties":{"key":{"$ref":"#/$defs/key"},"limit":{"$ref":"#/$defs/limit"},"priority":{"type":"integer"},"weight":{"type":"number","minimum":0.001,"maximum":1000}}}}""",
        ["alerts.rules"] = """{"type":"object","additionalProperties":{"type":"object","additionalProperties":false,"properties":{"signal":{"type":"string"},"above":{"$ref":"#/$defs/threshold"},"below":{"$ref":"#/$defs/threshold"},"clear":{"$ref":"#/$defs/threshold"},"for":{"$ref":"#/$defs/duration"},"clear_after":{"$ref":"#/$defs/duration"},"severity":{"$ref":"#/$defs/severity"},"message":{"type":"string","maxLength":1000}}}}""",
        ["alerts.off"] = """{"anyOf":[{"type":"string"},{"type":"array","items":{"type":"string"}}]}""",
        ["alerts.targets"] = """{"type":"object","additionalProperties":{"type":"object","additionalProperties":false,"properties":{"webhook":{"$ref":"#/$defs/address"},"slack":{"$ref":"#/$defs/address"},"command":{"anyOf":[{"type":"string"},{"type":"array","minItems":1,"items":{"type":"string"}}]},"severity":{"$ref":"#/$defs/severity"},"clears":{"enum":[true,false,"on","off","yes","no"]}}}}""",
        ["alerts.repeat"] = """{"anyOf":[{"enum":[false,"off"]},{"$ref":"#/$defs/duration"}]}""",
        ["gateway.tasks"] = Switch,
        ["gateway.coalesce"] = Switch,
    };

    private static readonly (string Name, string Schema)[] Definitions =
    [
        ("size", PlanSchema.Size),
        ("duration", PlanSchema.Duration),
        ("rate", PlanSchema.Rate),
        ("dollars", Dollars),
        ("limit", LimitReader.Schema),
        ("key", """{"description":"where the key is read; the key itself is never written","type":"object","minProperties":1,"additionalProperties":false,"properties":{"from":{"type":"string","pattern":"^[A-Za-z_][A-Za-z0-9_]*$"},"file":{"type":"string","minLength":1}}}"""),
        ("quota", """{"type":"object","additionalProperties":false,"properties":{"rpm":{"$ref":"#/$defs/rate"},"itpm":{"$ref":"#/$defs/rate"},"otpm":{"$ref":"#/$defs/rate"},"tpm":{"$ref":"#/$defs/rate"},"rpd":{"$ref":"#/$defs/rate"},"concurrency":{"type":"integer","minimum":1,"maximum":100000},"usd":{"$ref":"#/$defs/dollars"}}}"""),
        ("quotas", """{"anyOf":[{"const":"auto"},{"type":"object","additionalProperties":{"$ref":"#/$defs/quota"},"properties":{"rpm":{"$ref":"#/$defs/rate"},"itpm":{"$ref":"#/$defs/rate"},"otpm":{"$ref":"#/$defs/rate"},"tpm":{"$ref":"#/$defs/rate"},"rpd":{"$ref":"#/$defs/rate"},"concurrency":{"type":"integer","minimum":1,"maximum":100000},"usd":{"$ref":"#/$defs/dollars"}}}]}"""),
        ("threshold", """{"description":"in the unit of the signal: 85%, 10m, 2G or a number","type":["number","string"]}"""),
        ("severity", """{"enum":["info","warning","critical"]}"""),
        ("address", """{"anyOf":[{"type":"string","pattern":"^https?://"},{"$ref":"#/$defs/key"}]}"""),
        ("price", """{"type":"object","additionalProperties":false,"properties":{"input":{"type":"number","minimum":0},"output":{"type":"number","minimum":0},"cache_read":{"type":"number","minimum":0},"cache_write":{"type":"number","minimum":0}}}"""),
        ("endpoint", """{"type":"object","required":["provider"],"additionalProperties":false,"properties":{"provider":{"type":"string"},"account":{"type":"string"},"models":{"anyOf":[{"type":"string"},{"type":"array","items":{"type":"string"}}]},"weight":{"type":"number","minimum":0.001,"maximum":1000},"context":{"type":["integer","string"]},"region":{"type":"string"}}}"""),
        ("provider", """{"type":"object","additionalProperties":false,"properties":{"kind":{"enum":["anthropic","openai","openai-compatible","azure"]},"base_url":{"type":"string","pattern":"^https?://"},"key":{"$ref":"#/$defs/key"},"limits":{"$ref":"#/$defs/quotas"},"accounts":{"type":"object","minProperties":1,"additionalProperties":{"type":"object","additionalProperties":false,"properties":{"key":{"$ref":"#/$defs/key"},"limits":{"$ref":"#/$defs/quotas"}}}},"prices":{"type":"object","additionalProperties":{"$ref":"#/$defs/price"}},"aliases":{"type":"object","additionalProperties":{"type":"string"}},"ca_file":{"type":"string"},"api_version":{"type":"string"},"charge":{"enum":["max","sum"]},"ask_for_usage":{"enum":[true,false,"on","off","yes","no"]}}}"""),
    ];

    /// <summary>Generated from the declarations of all settings.</summary>
    public static string Text { get; } = Write();

    private static string Write()
    {
        ArrayBufferWriter<byte> buffer = new();
        using (Utf8JsonWriter json = new(buffer, new JsonWriterOptions { Indented = true }))
        {
            json.WriteStartObject();
            json.WriteString("$schema", "https://json-schema.org/draft/2020-12/schema");
            json.WriteString("title", "Plimsoll configuration");
            WriteSection(json, "");
            json.WriteStartObject("$defs");
            foreach ((string name, string schema) in Definitions)
            {
                json.WritePropertyName(name);
                json.WriteRawValue(schema);
            }

            json.WriteEndObject();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan) + "\n";
    }

    // Keys with a dot are written as mappings: host: {memory: 8G}.
    private static void WriteSection(Utf8JsonWriter json, string prefix)
    {
        json.WriteString("type", "object");
        json.WriteBoolean("additionalProperties", false);
        json.WriteStartObject("properties");
        foreach (IGrouping<string, OptionDeclaration> group in OptionDeclarations.All
            .Where(option => option.Key.StartsWith(prefix, StringComparison.Ordinal))
            .GroupBy(option => option.Key[prefix.Length..].Split('.')[0], StringComparer.Ordinal))
        {
            if (group.First().Key == prefix + group.Key)
            {
                OptionDeclaration option = group.First();
                PlanSchema.WriteProperty(json, group.Key, Values.GetValueOrDefault(option.Key, Anything), $"{option.Description} {option.Bound}");
            }
            else
            {
                json.WriteStartObject(group.Key);
                WriteSection(json, prefix + group.Key + ".");
                json.WriteEndObject();
            }
        }

        json.WriteEndObject();
    }
}
