using Plimsoll.Core.Limits.Queueing;
using Plimsoll.Gateway.Providers;

namespace Plimsoll.Gateway.Quotas;

/// <summary>What a quota needs to know of a request.</summary>
/// <param name="Class">For lengths of answers: the model and the kind of caller.</param>
/// <param name="BodyBytes">Of what is sent.</param>
/// <param name="MaxTokens">What the request allows as output; null: it does not say.</param>
/// <param name="IsEmbedding">Whether there is no output.</param>
internal sealed record QuotaCall(
    string Model,
    string Class,
    FairShare Share,
    int BodyBytes,
    long? MaxTokens,
    bool IsEmbedding,
    PrefixPoint[] Prefixes);
