using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Plimsoll.Plans.Reading;

namespace Plimsoll.Tests.Plans;

/// <summary>Validates values against the part of JSON Schema 2020-12 that the plan's schema uses; an unknown keyword is an error of the test.</summary>
internal sealed class SchemaChecker(JsonElement root)
{
    public bool Accepts(Node value) => Accepts(root, value);

    private bool Accepts(JsonElement schema, Node value) => schema.EnumerateObject().All(keyword => keyword.Name switch
    {
        "$schema" or "$id" or "$defs" or "title" or "description" => true,
        "$ref" => Accepts(root.GetProperty("$defs").GetProperty(keyword.Value.GetString()!["#/$defs/".Length..]), value),
        "anyOf" => keyword.Value.EnumerateArray().Any(one => Accepts(one, value)),
        "type" => keyword.Value.ValueKind == JsonValueKind.Array ? keyword.Value.EnumerateArray().Any(one => IsType(one, value)) : IsType(keyword.Value, value),
        "enum" => keyword.Value.EnumerateArray().Any(one => IsValue(one, value)),
        "const" => IsValue(keyword.Value, value),
        "required" => TypeOf(value) != "object" || keyword.Value.EnumerateArray().All(name => value.Find(name.GetString()!) is not null),
        "properties" => value.Entries.All(entry => !keyword.Value.TryGetProperty(entry.Key.Text, out JsonElement property) || Accepts(property, entry.Value)),
        "additionalProperties" => value.Entries.All(entry => IsDeclared(schema, entry.Key.Text) || AcceptsOther(keyword.Value, entry.Value)),
        "items" => value.Items.All(item => Accepts(keyword.Value, item)),
        "minItems" => TypeOf(value) != "array" || value.Items.Count >= keyword.Value.GetInt32(),
        "minProperties" => TypeOf(value) != "object" || value.Entries.Count >= keyword.Value.GetInt32(),
        "minLength" => TypeOf(value) != "string" || value.Text.Length >= keyword.Value.GetInt32(),
        "maxLength" => TypeOf(value) != "string" || value.Text.Length <= keyword.Value.GetInt32(),
        "minimum" => Number(value) is not { } number || number >= keyword.Value.GetDouble(),
        "maximum" => Number(value) is not { } number || number <= keyword.Value.GetDouble(),
        "pattern" => TypeOf(value) != "string" || Regex.IsMatch(value.Text, keyword.Value.GetString()!, RegexOptions.None, TimeSpan.FromSeconds(5)),
        _ => throw new NotSupportedException($"the schema uses {keyword.Name}, which this checker does not know"),
    });

    private static bool IsDeclared(JsonElement schema, string key) => schema.TryGetProperty("properties", out JsonElement properties) && properties.TryGetProperty(key, out _);

    private bool AcceptsOther(JsonElement schema, Node value) => schema.ValueKind is JsonValueKind.True || (schema.ValueKind is JsonValueKind.Object && Accepts(schema, value));

    private static bool IsType(JsonElement type, Node value) => TypeOf(value) == type.GetString() || (type.GetString() == "number" && TypeOf(value) == "integer");

    private static bool IsValue(JsonElement expected, Node value) => expected.ValueKind switch
    {
        JsonValueKind.String => TypeOf(value) == "string" && value.Text == expected.GetString(),
        JsonValueKind.True or JsonValueKind.False => TypeOf(value) == "boolean" && value.Text == (expected.GetBoolean() ? "true" : "false"),
        _ => Number(value) == expected.GetDouble(),
    };

    private static double? Number(Node value) =>
        TypeOf(value) is "integer" or "number" ? double.Parse(value.Text, NumberStyles.Float, CultureInfo.InvariantCulture) : null;

    // The core schema of YAML 1.2, which editors use.
    private static string TypeOf(Node value) => value switch
    {
        { Kind: NodeKind.Map } => "object",
        { Kind: NodeKind.List } => "array",
        { Style: not ScalarStyle.Plain } => "string",
        { IsNull: true } => "null",
        { Text: "true" or "false" } => "boolean",
        _ when long.TryParse(value.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _) => "integer",
        _ when double.TryParse(value.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out _) => "number",
        _ => "string",
    };
}
