namespace Plimsoll.Core.Limits;

/// <summary>How soon a request fits; a later member is worse than an earlier one.</summary>
public enum OpeningKind
{
    /// <summary>It fits at this moment.</summary>
    Now,

    /// <summary>It fits at a known moment if nothing else is taken until then.</summary>
    Later,

    /// <summary>It fits only after a hold was debited, settled, cancelled or has expired.</summary>
    OnRelease,

    /// <summary>It is larger than the limit allows at all.</summary>
    Never,
}
