namespace Plimsoll.Gateway.Providers;

/// <summary>What a request asks of a provider.</summary>
internal enum RouteKind
{
    /// <summary><c>messages</c>, Anthropic.</summary>
    Messages,

    /// <summary><c>messages/count_tokens</c>, Anthropic.</summary>
    CountTokens,

    /// <summary><c>models</c> and <c>models/{id}</c>, all.</summary>
    Models,

    /// <summary><c>chat/completions</c>, OpenAI.</summary>
    Chat,

    /// <summary><c>responses</c>, OpenAI.</summary>
    Responses,

    /// <summary>What belongs to one response, or counts and compacts its input; OpenAI.</summary>
    ResponseParts,

    /// <summary><c>embeddings</c>, OpenAI.</summary>
    Embeddings,
}
