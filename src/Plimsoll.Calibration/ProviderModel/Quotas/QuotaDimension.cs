namespace Plimsoll.Calibration.ProviderModel.Quotas;

/// <summary>What a provider counts, per minute unless it says otherwise.</summary>
public enum QuotaDimension
{
    Requests,

    /// <summary>Anthropic: input that was not read from the prompt cache.</summary>
    InputTokens,

    /// <summary>Anthropic: output as it is produced.</summary>
    OutputTokens,

    /// <summary>OpenAI and Azure: input and asked-for output together.</summary>
    Tokens,

    /// <summary>OpenAI: the same for one project of the organisation.</summary>
    ProjectTokens,

    /// <summary>Requests of a day; refilled continuously, one day deep.</summary>
    DailyRequests,
}
