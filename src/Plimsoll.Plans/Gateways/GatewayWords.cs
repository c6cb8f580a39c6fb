using Plimsoll.Plans.Agents;

namespace Plimsoll.Plans.Gateways;

/// <summary>The words for wirings in run documents, which journals keep.</summary>
internal static class GatewayWords
{
    public static string Of(GatewayWiring wiring) => wiring switch
    {
        GatewayWiring.Sdk => "sdk",
        GatewayWiring.Claude => "claude",
        GatewayWiring.Codex => "codex",
        GatewayWiring.OpenCode => "opencode",
        GatewayWiring.Aider => "aider",
        GatewayWiring.Call => "call",
        _ => "none",
    };

    public static GatewayWiring Parse(string word) => word switch
    {
        "sdk" => GatewayWiring.Sdk,
        "claude" => GatewayWiring.Claude,
        "codex" => GatewayWiring.Codex,
        "opencode" => GatewayWiring.OpenCode,
        "aider" => GatewayWiring.Aider,
        "call" => GatewayWiring.Call,
        _ => GatewayWiring.None,
    };
}
