namespace Plimsoll.Gateway.Forwarding;

/// <summary>What one try at a provider means.</summary>
internal enum Verdict
{
    /// <summary>The client gets this answer.</summary>
    Pass,

    /// <summary>The provider has no quota now; the request queues again, as often as its deadline allows.</summary>
    NoQuota,

    /// <summary>The provider failed: worth a few more tries.</summary>
    Failed,
}
