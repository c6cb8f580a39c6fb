using System.Text.Json.Serialization;
using Plimsoll.Watch.Alerts;

namespace Plimsoll.Daemon.Watching;

/// <summary>Source-generated JSON of what watching keeps on disk.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, UseStringEnumConverter = true)]
[JsonSerializable(typeof(AlertMemory))]
internal sealed partial class WatchJsonContext : JsonSerializerContext;
