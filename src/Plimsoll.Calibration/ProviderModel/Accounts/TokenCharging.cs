namespace Plimsoll.Calibration.ProviderModel.Accounts;

/// <summary>What OpenAI and Azure charge at arrival for tokens; both texts are official.</summary>
public enum TokenCharging
{
    /// <summary>The larger of max_tokens and the estimate from characters.</summary>
    Max,

    /// <summary>Their sum.</summary>
    Sum,
}
