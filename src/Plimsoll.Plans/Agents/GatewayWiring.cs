namespace Plimsoll.Plans.Agents;

/// <summary>How a program is told to send its model calls to the gateway; the names stand in run documents and are never changed.</summary>
public enum GatewayWiring
{
    /// <summary>It speaks what no provider behind the gateway speaks.</summary>
    None = 0,

    /// <summary>The variables that the SDKs of Anthropic and OpenAI read.</summary>
    Sdk = 1,

    /// <summary>Claude Code: base URL and bearer token by variables.</summary>
    Claude = 2,

    /// <summary>Codex: a model provider of its own by <c>-c</c> arguments, because it has no reliable variable.</summary>
    Codex = 3,

    /// <summary>OpenCode: providers by its configuration variable.</summary>
    OpenCode = 4,

    /// <summary>Aider: the variables of LiteLLM.</summary>
    Aider = 5,

    /// <summary>No program: a model call by Plimsoll itself.</summary>
    Call = 6,
}
