namespace Plimsoll.Gateway.Forwarding;

/// <summary>Why the gateway itself refuses a request.</summary>
internal enum RefusalKind
{
    /// <summary>The request is malformed.</summary>
    Invalid,

    /// <summary>No valid virtual key.</summary>
    Unauthenticated,

    NotFound,

    MethodNotAllowed,

    TooLarge,

    /// <summary>The body came too slowly.</summary>
    TooSlow,

    /// <summary>WebSockets are not served.</summary>
    UpgradeRequired,

    /// <summary>The caller's own policy.</summary>
    PolicyExceeded,

    /// <summary>A budget is used up.</summary>
    BudgetExceeded,

    /// <summary>No quota, or no endpoint, came free in time; it may be asked again.</summary>
    Overloaded,

    /// <summary>The provider could not be reached or answered nonsense, also when asked again.</summary>
    UpstreamFailed,
}
