using System.Text.Json.Serialization;

namespace Plimsoll.Daemon.Endpoints.Reading;

/// <summary>Writes single texts as JSON.</summary>
[JsonSerializable(typeof(string))]
[JsonSerializable(typeof(Dictionary<string, string>))]
internal sealed partial class TextJsonContext : JsonSerializerContext;
