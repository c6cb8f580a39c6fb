namespace Plimsoll.Calibration.ProviderModel.Faults;

/// <summary>What goes wrong with a request on purpose.</summary>
public enum FaultKind
{
    None,

    /// <summary>429 that says when to come again, though the quota is not used up.</summary>
    RateLimited,

    /// <summary>429 without Retry-After.</summary>
    RateLimitedSilently,

    /// <summary>429 of a spend limit: no Retry-After, never to be repeated.</summary>
    SpendLimit,

    /// <summary>529 (Anthropic) or 503 (OpenAI, Azure).</summary>
    Overloaded,

    /// <summary>500.</summary>
    ServerError,

    /// <summary>504.</summary>
    TimedOut,

    /// <summary>An error event inside a stream after 200; without a stream it is a 500.</summary>
    MidStreamError,

    /// <summary>Part of the answer, then silence; the connection stays open.</summary>
    Stall,

    /// <summary>Part of the answer, then the connection is closed.</summary>
    Cut,

    /// <summary>The answer comes one byte at a time.</summary>
    SlowLoris,

    /// <summary>The answer comes one byte at a time, without pauses between them.</summary>
    Split,

    /// <summary>Part of the answer, then the connection is reset (RST).</summary>
    Reset,

    /// <summary>The request is taken and charged, and nothing is ever sent, not even headers.</summary>
    Silence,
}
