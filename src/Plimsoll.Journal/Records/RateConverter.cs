using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Plimsoll.Core.Limits;

namespace Plimsoll.Journal.Records;

/// <summary>A rate as people write it: <c>60/60s</c>.</summary>
internal sealed class RateConverter : JsonConverter<Rate>
{
    public override Rate Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        Rate.TryParse(reader.GetString(), out Rate rate) ? rate : throw new JsonException("a rate that cannot be read");

    public override void Write(Utf8JsonWriter writer, Rate value, JsonSerializerOptions options) =>
        writer.WriteStringValue(string.Create(CultureInfo.InvariantCulture, $"{value.Amount}/{(long)value.Per.TotalSeconds}s"));
}
