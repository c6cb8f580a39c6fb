namespace Plimsoll.Calibration.ProviderModel.Accounts;

/// <summary>Which interface a request uses.</summary>
internal enum ApiForm
{
    /// <summary>Anthropic: <c>/v1/messages</c>.</summary>
    Messages,

    /// <summary>OpenAI: <c>/v1/chat/completions</c>.</summary>
    ChatCompletions,

    /// <summary>OpenAI: <c>/v1/responses</c>.</summary>
    Responses,

    /// <summary>OpenAI: <c>/v1/embeddings</c>; never streams, has no output.</summary>
    Embeddings,
}
