namespace Plimsoll.Calibration.ProviderModel.Quotas;

/// <summary>Which level the headers of a provider tell.</summary>
/// <remarks>The depth that is enforced is unpublished, so a client must be able to live with either.</remarks>
public enum HeaderLevel
{
    /// <summary>That of the quota which admits.</summary>
    Enforced,

    /// <summary>That of a bucket one minute deep, however shallow the quota which admits.</summary>
    Minute,
}
