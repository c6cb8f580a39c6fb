using System.Text.Json.Serialization;
using Plimsoll.Client.Events;
using Plimsoll.Client.Http;

namespace Plimsoll.Daemon.OpenApi;

/// <summary>Records that are described and not written here.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(RunEventView))]
[JsonSerializable(typeof(TaskSubmission))]
internal sealed partial class OpenApiJsonContext : JsonSerializerContext;
