namespace Plimsoll.Gateway.Providers;

/// <summary>What one event of a stream means to the gateway.</summary>
internal enum EventKind
{
    /// <summary>Nothing was produced yet, or a ping: an error that follows can be retried.</summary>
    StartUp,

    /// <summary>Part of the answer.</summary>
    Content,

    /// <summary>The usage that the gateway asked for and the client did not: not for the client.</summary>
    UsageOnly,

    /// <summary>The answer is complete: from here on the agent acts.</summary>
    Final,

    /// <summary>The provider failed inside the stream.</summary>
    Error,
}
