namespace Plimsoll.Calibration.ProviderModel.Quotas;

/// <summary>What becomes of a request that is larger than its bucket is deep.</summary>
/// <remarks>No provider publishes this, so it is a parameter. It is charged in full in any case, so the level goes below zero.</remarks>
public enum OversizePolicy
{
    /// <summary>Admitted as soon as the level is above zero.</summary>
    Debt,

    /// <summary>Admitted only when the bucket is full.</summary>
    FullBucket,

    /// <summary>As <see cref="FullBucket"/>, but never admitted when above the limit of a whole minute ("Request too large", OpenAI).</summary>
    Refused,
}
