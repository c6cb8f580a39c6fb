using System.Text.Json.Nodes;

namespace Plimsoll.Calibration.ProviderModel.Dialects;

/// <summary>Error bodies of OpenAI.</summary>
internal static class OpenAIErrors
{
    public const string Broken = "The server had an error while processing your request. Sorry about that!";

    public static JsonObject Body(string message, string type, string? code) => new()
    {
        ["error"] = new JsonObject { ["message"] = message, ["type"] = type, ["param"] = null, ["code"] = code },
    };
}
