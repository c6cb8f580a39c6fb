using System.Text.Json.Serialization;
using Plimsoll.Client.Gateways;

namespace Plimsoll.Client.Overviews;

/// <summary>Source-generated JSON of overviews: snake_case names, null members left out.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(OverviewView))]
[JsonSerializable(typeof(RunGraphView))]
[JsonSerializable(typeof(RunColumnsView))]
[JsonSerializable(typeof(SessionView))]
[JsonSerializable(typeof(LoginView))]
[JsonSerializable(typeof(GatewayStateView))]
public sealed partial class OverviewJsonContext : JsonSerializerContext;
