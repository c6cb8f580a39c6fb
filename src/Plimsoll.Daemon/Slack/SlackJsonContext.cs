using System.Text.Json.Serialization;

namespace Plimsoll.Daemon.Slack;

/// <summary>Source-generated JSON of Slack's Web API.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(SlackMessage))]
[JsonSerializable(typeof(SlackHistory))]
internal sealed partial class SlackJsonContext : JsonSerializerContext;
