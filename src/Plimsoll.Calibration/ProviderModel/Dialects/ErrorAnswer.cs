using System.Text.Json.Nodes;

namespace Plimsoll.Calibration.ProviderModel.Dialects;

/// <summary>A refusal or failure instead of an answer.</summary>
/// <param name="Headers">Beside those of every answer.</param>
internal sealed record ErrorAnswer(int Status, JsonNode Body, params IReadOnlyList<KeyValuePair<string, string>> Headers);
