using System.Text.Json;
using System.Text.Json.Serialization;
using Plimsoll.Core.Units;

namespace Plimsoll.Journal.Records;

/// <summary>Bytes as a plain number.</summary>
internal sealed class BytesConverter : JsonConverter<Bytes>
{
    public override Bytes Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => new(reader.GetInt64());

    public override void Write(Utf8JsonWriter writer, Bytes value, JsonSerializerOptions options) => writer.WriteNumberValue(value.Value);
}
