namespace Plimsoll.Core.Providers;

/// <summary>The dialect a model provider speaks.</summary>
public enum ProviderKind
{
    /// <summary>Anthropic's Messages API.</summary>
    Anthropic,

    /// <summary>OpenAI's own service.</summary>
    OpenAI,

    /// <summary>Another service with OpenAI's routes; its limit headers may be missing or mean something else.</summary>
    OpenAICompatible,

    /// <summary>Azure OpenAI: limits per deployment, checked over short windows.</summary>
    Azure,
}
