using System.Buffers;
using System.Globalization;
using System.Text.Json;

namespace Plimsoll.Daemon.Watching.Otlp;

/// <summary>The JSON form of the OpenTelemetry protocol, as far as all signals share it.</summary>
/// <remarks>OTLP specification 1.x, "JSON Protobuf encoding": ids in hexadecimal, 64-bit numbers as text, enumerations as numbers.</remarks>
internal static class OtlpJson
{
    private const int LongestText = 4096;

    /// <summary>A document of one signal, named as its fields are: <c>Spans</c> of <c>scopeSpans</c> of <c>resourceSpans</c>.</summary>
    /// <param name="items">Writes the elements of the innermost list.</param>
    public static byte[] Document(string kind, string list, IReadOnlyList<KeyValuePair<string, string>> resource, Action<Utf8JsonWriter> items)
    {
        var buffer = new ArrayBufferWriter<byte>(1 << 14);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteStartArray("resource" + kind);
            json.WriteStartObject();
            json.WriteStartObject("resource");
            WriteAttributes(json, resource);
            json.WriteEndObject();
            json.WriteStartArray("scope" + kind);
            json.WriteStartObject();
            json.WriteStartObject("scope");
            json.WriteString("name", "Plimsoll");
            json.WriteEndObject();
            json.WriteStartArray(list);
            items(json);
            json.WriteEndArray();
            json.WriteEndObject();
            json.WriteEndArray();
            json.WriteEndObject();
            json.WriteEndArray();
            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    public static void WriteAttributes(Utf8JsonWriter json, IReadOnlyList<KeyValuePair<string, string>> attributes)
    {
        json.WriteStartArray("attributes");
        foreach ((string name, string value) in attributes)
        {
            json.WriteStartObject();
            json.WriteString("key", name);
            json.WriteStartObject("value");
            json.WriteString("stringValue", Cut(value));
            json.WriteEndObject();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    /// <summary>At most 4,096 characters.</summary>
    public static ReadOnlySpan<char> Cut(string text) => text.AsSpan(0, Math.Min(text.Length, LongestText));

    public static string Nanoseconds(DateTimeOffset at) => ((at - DateTimeOffset.UnixEpoch).Ticks * 100).ToString(CultureInfo.InvariantCulture);
}
