using Plimsoll.Calibration.ProviderModel.Caching;

namespace Plimsoll.Calibration.ProviderModel.Accounts;

/// <summary>One request as a provider sees it.</summary>
internal sealed record ProviderRequest
{
    /// <summary>Length and speed of the answer follow from it and the seed, so a repeated request gets the same answer.</summary>
    public required long Number { get; init; }

    public required ApiForm Form { get; init; }

    /// <summary>True length of the prompt, 0 to 1,000,000,000 tokens, cached parts included.</summary>
    public required long InputTokens { get; init; }

    /// <summary>Anthropic: model class; OpenAI: model; Azure: deployment. Each has quotas of its own.</summary>
    public string Model { get; init; } = "model";

    /// <summary>What the provider estimates from; null = exactly as many as the estimate needs to be right.</summary>
    public long? InputCharacters { get; init; }

    /// <summary>Size of the body in bytes, for the limit of 32 MB.</summary>
    public long BodyBytes { get; init; }

    /// <summary>Null = absent.</summary>
    public long? MaxTokens { get; init; }

    /// <summary>What the model would say if nothing cut it short, 0 to 1,000,000,000 tokens; null = drawn.</summary>
    public long? OutputTokens { get; init; }

    public bool Streams { get; init; }

    /// <summary>Chat only: <c>stream_options.include_usage</c>.</summary>
    public bool IncludesUsage { get; init; }

    /// <summary>Embeddings only: texts in the request.</summary>
    public int Items { get; init; } = 1;

    /// <summary>Beginnings of the prompt that the cache may hold, ascending.</summary>
    public IReadOnlyList<PromptPrefix> Prefixes { get; init; } = [];
}
