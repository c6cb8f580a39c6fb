using System.Text.Json.Serialization;

namespace Plimsoll.Client.Http;

/// <summary>Source-generated JSON of requests: snake_case names, null members left out.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(TaskSubmission))]
[JsonSerializable(typeof(TaskSubmissionList))]
[JsonSerializable(typeof(WaitRequest))]
internal sealed partial class ClientJsonContext : JsonSerializerContext;
