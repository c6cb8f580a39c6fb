using Plimsoll.Calibration.ProviderModel.Faults;
using Plimsoll.Calibration.ProviderModel.Quotas;

namespace Plimsoll.Calibration.ProviderModel.Answers;

/// <summary>All that a provider will send for one request, with the time of each piece.</summary>
internal sealed record AnswerPlan
{
    /// <summary>Order of arrival at this account, from 0.</summary>
    public required long Arrival { get; init; }

    public required int Status { get; init; }

    public required DateTimeOffset HeadersAt { get; init; }

    public required IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; }

    /// <summary>The body in the order of time: one part for JSON, one per event for a stream; made anew at each reading.</summary>
    public required IEnumerable<AnswerPart> Parts { get; init; }

    public AnswerEnding Ending { get; init; }

    public FaultKind Fault { get; init; }

    /// <summary>What the body says; all zero for a refusal.</summary>
    public TokenUsage Usage { get; init; }

    /// <summary>What is taken of the quotas if the client does not hang up, in the order of time.</summary>
    public IReadOnlyList<Charge> Charges { get; init; } = [];

    /// <summary>The value of a header; null = absent.</summary>
    public string? Header(string name)
    {
        foreach ((string known, string value) in Headers)
        {
            if (string.Equals(known, name, StringComparison.OrdinalIgnoreCase))
                return value;
        }

        return null;
    }
}
