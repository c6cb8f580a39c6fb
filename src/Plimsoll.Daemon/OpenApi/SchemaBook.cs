using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.Text.Json.Serialization.Metadata;

namespace Plimsoll.Daemon.OpenApi;

/// <summary>Gathers the JSON Schemas of wire records: each object once, by its name.</summary>
internal sealed class SchemaBook
{
    private readonly SortedDictionary<string, JsonNode> schemas = new(StringComparer.Ordinal);
    private readonly Dictionary<Type, string> names = [];
    private readonly JsonSchemaExporterOptions options;

    public SchemaBook() => options = new JsonSchemaExporterOptions { TreatNullObliviousAsNonNullable = true, TransformSchemaNode = Transform };

    /// <summary>All schemas that were referred to, by name.</summary>
    public JsonObject Schemas => new(schemas.Select(static pair => KeyValuePair.Create(pair.Key, (JsonNode?)pair.Value.DeepClone())));

    /// <summary>A reference to the schema of a record.</summary>
    public JsonNode Of(JsonTypeInfo type) => type.GetJsonSchemaAsNode(options);

    private JsonNode Transform(JsonSchemaExporterContext context, JsonNode schema)
    {
        if (schema is not JsonObject found)
        {
            return schema;
        }

        if (found.ContainsKey("$ref"))
        {
            return Again(context.TypeInfo, found);
        }

        WithoutNull(found);
        if (context.TypeInfo.Kind != JsonTypeInfoKind.Object || context.TypeInfo.Type == typeof(JsonElement))
        {
            return found;
        }

        Require(context.TypeInfo, found);
        string name = NameOf(context.TypeInfo.Type);
        schemas[name] = found;
        return new JsonObject { ["$ref"] = $"#/components/schemas/{name}" };
    }

    /// <summary>The exporter points to where it wrote a type before in the same document; here each type stands by its name.</summary>
    private JsonObject Again(JsonTypeInfo type, JsonObject pointer)
    {
        if (type.Kind == JsonTypeInfoKind.Object)
        {
            return new JsonObject { ["$ref"] = $"#/components/schemas/{NameOf(type.Type)}" };
        }

        return type.ElementType is { } element && type.Options.GetTypeInfo(element) is var items
            ? type.Kind == JsonTypeInfoKind.Dictionary
                ? new JsonObject { ["type"] = "object", ["additionalProperties"] = Of(items) }
                : new JsonObject { ["type"] = "array", ["items"] = Of(items) }
            : pointer;
    }

    /// <summary>What is null is left out, so nothing is ever written as null.</summary>
    private static void WithoutNull(JsonObject schema)
    {
        if (schema["type"] is JsonArray types)
        {
            JsonNode[] others = [.. types.Where(static type => type?.GetValue<string>() != "null").Select(static type => type!.DeepClone())];
            schema["type"] = others.Length == 1 ? others[0] : new JsonArray(others);
        }
    }

    /// <summary>A member is certain to be there when it is never null.</summary>
    private static void Require(JsonTypeInfo type, JsonObject schema)
    {
        HashSet<string> optional = [.. type.Properties.Where(static member => member.IsGetNullable).Select(static member => member.Name)];
        JsonNode[] required = [.. (schema["required"] as JsonArray ?? []).Where(name => !optional.Contains(name!.GetValue<string>())).Select(static name => name!.DeepClone())];
        schema.Remove("required");
        if (required.Length > 0)
        {
            schema["required"] = new JsonArray(required);
        }
    }

    private string NameOf(Type type)
    {
        if (!names.TryGetValue(type, out string? name))
        {
            string plain = type.Name.EndsWith("View", StringComparison.Ordinal) ? type.Name[..^4] : type.Name;
            name = names.ContainsValue(plain) ? type.Namespace!.Split('.')[^1] + plain : plain;
            names[type] = name;
        }

        return name;
    }
}
