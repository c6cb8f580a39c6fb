using Plimsoll.Calibration.ProviderModel.Accounts;

namespace Plimsoll.Calibration.ProviderModel.Dialects;

/// <summary>What a provider believes of a prompt before it has read it.</summary>
internal static class PromptEstimate
{
    /// <summary>Tokens, from the characters; the true number where they are not known.</summary>
    public static long Tokens(ProviderRequest request, ProviderOptions options) => request.InputCharacters is { } characters
        ? (long)Math.Ceiling(characters / options.CharactersPerToken)
        : request.InputTokens;
}
