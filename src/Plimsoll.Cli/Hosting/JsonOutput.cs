using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Plimsoll.Cli.Terminal;

namespace Plimsoll.Cli.Hosting;

/// <summary>Prints wire records: one JSON value per line.</summary>
internal static class JsonOutput
{
    public static void WriteJson<T>(this OutputTarget output, T value, JsonTypeInfo<T> type)
    {
        output.Write(JsonSerializer.SerializeToUtf8Bytes(value, type));
        output.WriteLine();
    }
}
