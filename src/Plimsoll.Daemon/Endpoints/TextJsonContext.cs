using System.Text.Json.Serialization;

namespace Plimsoll.Daemon.Endpoints;

/// <summary>Writes single texts as JSON.</summary>
[JsonSerializable(typeof(string))]
internal sealed partial class TextJsonContext : JsonSerializerContext;
