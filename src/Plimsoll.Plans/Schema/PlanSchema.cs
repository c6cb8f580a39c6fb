using System.Buffers;
using System.Text;
using System.Text.Json;
using Plimsoll.Plans.Compiling;
using Plimsoll.Plans.Providers;
using Plimsoll.Plans.Tasks;

namespace Plimsoll.Plans.Schema;

/// <summary>The published JSON Schema (2020-12) of plans.</summary>
public static class PlanSchema
{
    internal const string Size = """{"description":"512M, 1.5G, or a number of bytes","anyOf":[{"type":"integer","minimum":1},{"type":"string","pattern":"^[0-9.]+ *([KMGTkmgt](i?[Bb])?|[Bb])?$"}]}""";
    internal const string Duration = """{"description":"500ms, 30s, 1h30m, or a number of seconds","anyOf":[{"type":"number","minimum":0},{"type":"string","pattern":"^[0-9.]+( *[a-z]+)?( *[0-9.]+ *[a-z]+)*$"}]}""";
    internal const string Rate = """{"description":"60/min, 2M/min, 100/10s, or a number per minute","anyOf":[{"type":"integer","minimum":1},{"type":"string","pattern":"^[0-9]+ *[kKmM]?( */ *[0-9]* *(s|sec|second|m|min|minute|h|hour|d|day))?$"}]}""";
    private const string Lock = """{"anyOf":[{"enum":["shared","exclusive"]},{"type":"integer","minimum":1}]}""";

    /// <summary>Generated from the key declarations the parser uses.</summary>
    public static string Text { get; } = Write();

    private static string Write()
    {
        ArrayBufferWriter<byte> buffer = new();
        using (Utf8JsonWriter json = new(buffer, new JsonWriterOptions { Indented = true }))
        {
            json.WriteStartObject();
            json.WriteString("$schema", "https://json-schema.org/draft/2020-12/schema");
            json.WriteString("title", "Plimsoll plan");
            json.WriteString("type", "object");
            json.WriteStartArray("required");
            json.WriteStringValue("tasks");
            json.WriteEndArray();
            json.WriteBoolean("additionalProperties", false);
            json.WriteStartObject("properties");
            foreach ((string name, string schema, string description) in PlanKeys.All)
            {
                WriteProperty(json, name, schema, description);
            }

            json.WriteEndObject();
            WriteDefinitions(json);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan) + "\n";
    }

    private static void WriteDefinitions(Utf8JsonWriter json)
    {
        json.WriteStartObject("$defs");
        WriteKeys(json, "task", KeyPlaces.Task, withId: false);
        WriteKeys(json, "task_with_id", KeyPlaces.Task, withId: true);
        WriteKeys(json, "defaults", KeyPlaces.Defaults, withId: false);
        WriteConcurrency(json);
        foreach ((string name, string schema) in new[] { ("size", Size), ("duration", Duration), ("lock", Lock), ("rate", Rate), ("limit", LimitReader.Schema) })
        {
            json.WritePropertyName(name);
            json.WriteRawValue(schema);
        }

        json.WriteEndObject();
    }

    private static void WriteKeys(Utf8JsonWriter json, string name, KeyPlaces place, bool withId)
    {
        json.WriteStartObject(name);
        json.WriteString("type", "object");
        json.WriteBoolean("additionalProperties", false);
        if (withId)
        {
            json.WriteStartArray("required");
            json.WriteStringValue("id");
            json.WriteEndArray();
        }

        json.WriteStartObject("properties");
        if (withId)
        {
            WriteProperty(json, "id", """{"type":["string","integer"]}""", "name of the task");
        }

        foreach (TaskKey key in TaskKeys.All)
        {
            if (key.Places.HasFlag(place))
            {
                WriteProperty(json, key.Name, key.Schema, key.Description);
            }
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteConcurrency(Utf8JsonWriter json)
    {
        json.WriteStartObject("concurrency");
        json.WriteStartArray("anyOf");
        json.WriteRawValue(ConcurrencyReader.Options[0].Schema);
        json.WriteStartObject();
        json.WriteString("type", "object");
        json.WriteBoolean("additionalProperties", false);
        json.WriteStartObject("properties");
        foreach ((string key, string schema) in ConcurrencyReader.Options)
        {
            json.WritePropertyName(key);
            json.WriteRawValue(schema);
        }

        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
    }

    // The description joins the declared schema, which is an object in every declaration.
    internal static void WriteProperty(Utf8JsonWriter json, string name, string schema, string description)
    {
        json.WriteStartObject(name);
        json.WriteString("description", description);
        using JsonDocument declared = JsonDocument.Parse(schema);
        foreach (JsonProperty property in declared.RootElement.EnumerateObject())
        {
            property.WriteTo(json);
        }

        json.WriteEndObject();
    }
}
