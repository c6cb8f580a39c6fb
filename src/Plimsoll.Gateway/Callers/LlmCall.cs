namespace Plimsoll.Gateway.Callers;

/// <summary>A question to a model from within this process; goes the same way as an agent's request, without a socket.</summary>
/// <param name="Caller">Who pays and in whose name it queues; an attempt's calls and those with its key are counted together.</param>
/// <param name="Model">As the provider or an alias names it.</param>
/// <param name="Prompt">The one message of the user.</param>
public sealed record LlmCall(Caller Caller, string Model, string Prompt)
{
    /// <summary>Instructions for the model, or null.</summary>
    public string? System { get; init; }

    /// <summary>Most tokens of the answer; null: 4,096, for one provider asks for a number.</summary>
    public int? MaxTokens { get; init; }

    /// <summary>Name of a pool or provider; null: the first that serves the model.</summary>
    public string? Provider { get; init; }
}
