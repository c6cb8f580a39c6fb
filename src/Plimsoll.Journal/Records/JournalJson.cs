using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Plimsoll.Core.Capacity;
using Plimsoll.Core.Effects;
using Plimsoll.Core.Guarding;
using Plimsoll.Core.Lifecycle;

namespace Plimsoll.Journal.Records;

/// <summary>The JSON inside the journal: snake_case, no nulls, readable text.</summary>
[JsonSourceGenerationOptions]
[JsonSerializable(typeof(EventDetail))]
[JsonSerializable(typeof(TaskShape))]
[JsonSerializable(typeof(TaskPolicy))]
[JsonSerializable(typeof(ConcurrencyDetail))]
[JsonSerializable(typeof(long[][]))]
internal sealed partial class JournalJson : JsonSerializerContext
{
    internal static JournalJson Readable { get; } = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters =
        {
            new BytesConverter(),
            new RateConverter(),
            new ConcurrencyConverter(),
            new JsonStringEnumConverter<KillReason>(JsonNamingPolicy.SnakeCaseLower),
            new JsonStringEnumConverter<GuardActionKind>(JsonNamingPolicy.SnakeCaseLower),
            new JsonStringEnumConverter<GuardCause>(JsonNamingPolicy.SnakeCaseLower),
            new JsonStringEnumConverter<LeaseKind>(JsonNamingPolicy.SnakeCaseLower),
            new JsonStringEnumConverter<LockMode>(JsonNamingPolicy.SnakeCaseLower),
            new JsonStringEnumConverter<AttemptOutcome>(JsonNamingPolicy.SnakeCaseLower),
        },
    });
}
