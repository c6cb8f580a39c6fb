using System.Text.Json;
using System.Text.Json.Serialization;
using Plimsoll.Core.Admission;

namespace Plimsoll.Journal.Records;

/// <summary>Writes a concurrency policy as its <see cref="ConcurrencyDetail"/>.</summary>
internal sealed class ConcurrencyConverter : JsonConverter<ConcurrencyPolicy>
{
    public override ConcurrencyPolicy? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        JsonSerializer.Deserialize(ref reader, JournalJson.Readable.ConcurrencyDetail)?.ToPolicy();

    public override void Write(Utf8JsonWriter writer, ConcurrencyPolicy value, JsonSerializerOptions options) =>
        JsonSerializer.Serialize(writer, ConcurrencyDetail.Of(value), JournalJson.Readable.ConcurrencyDetail);
}
