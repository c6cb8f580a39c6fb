using System.Text.Json.Serialization;

namespace Plimsoll.Client.Watching;

/// <summary>Source-generated JSON of what watching shows: snake_case names, null members left out, readers ignore members they do not know.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(DashboardView))]
[JsonSerializable(typeof(AlertListView))]
[JsonSerializable(typeof(AlertView))]
[JsonSerializable(typeof(SilenceView))]
[JsonSerializable(typeof(SilenceRequestView))]
[JsonSerializable(typeof(SeriesListView))]
[JsonSerializable(typeof(PoolView))]
[JsonSerializable(typeof(ScalingView))]
[JsonSerializable(typeof(AlertNoticeView))]
[JsonSerializable(typeof(ChatMessageView))]
public sealed partial class WatchViewContext : JsonSerializerContext;
