using Plimsoll.Core.Limits;
using Plimsoll.Core.Limits.Learning;
using Plimsoll.Core.Providers;
using Plimsoll.Gateway.Providers;

namespace Plimsoll.Gateway.Quotas;

/// <summary>What a request will be charged, by the provider's own rule and by what was learned.</summary>
/// <remarks>Not safe for concurrent use: the quota's lock guards it.</remarks>
internal sealed class Estimates(ProviderSettings provider, PriceBook prices)
{
    /// <summary>OpenAI's own estimate of a prompt that it has not read yet.</summary>
    private const int CharactersPerToken = 4;

    private readonly InputEstimator input = new();
    private readonly OutputEstimator output = new();

    private bool IsAnthropic => provider.Kind == ProviderKind.Anthropic;

    /// <param name="cachedTokens">Of the prompt, expected to be read from the provider's cache.</param>
    public Demand Of(QuotaCall call, long cachedTokens)
    {
        long prompt = input.Estimate(call.Model, call.BodyBytes, IsAnthropic ? cachedTokens : 0);
        OutputEstimate answer = call.IsEmbedding ? default : output.For(call.Class);
        long cost = prices.CostOf(call.Model, new(prompt, 0, cachedTokens, (long)answer.MeanTokens));
        return new(new(prompt, 0, IsAnthropic ? prompt : AtArrival(call), cost), answer);
    }

    /// <summary>What is charged in the end.</summary>
    /// <param name="asked">What was charged at the start; stays where nothing is given back.</param>
    public Amounts Used(QuotaCall call, Amounts asked, TokenCounts counts) => new(
        IsAnthropic ? counts.Charged : counts.Prompt,
        counts.Output,
        IsAnthropic ? counts.Charged + counts.Output : asked.TotalTokens,
        prices.CostOf(call.Model, counts));

    public long TokensIn(QuotaCall call, long bytes) => (long)(bytes / input.BytesPerToken(call.Model));

    public void Learn(QuotaCall call, TokenCounts counts, TimeSpan duration)
    {
        input.Learn(call.Model, call.BodyBytes, counts.Prompt);
        if (!call.IsEmbedding)
        {
            output.Learn(call.Class, counts.Output, duration);
        }
    }

    /// <summary>The charge is taken at arrival, whatever becomes of the answer (OpenAI, "Rate limits").</summary>
    private long AtArrival(QuotaCall call)
    {
        long prompt = (call.BodyBytes + CharactersPerToken - 1) / CharactersPerToken;
        long most = call.IsEmbedding ? 0 : call.MaxTokens ?? 0;
        return provider.ChargesSum || provider.Kind == ProviderKind.Azure ? prompt + most : Math.Max(prompt, most);
    }
}
