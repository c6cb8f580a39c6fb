using Plimsoll.Core.Limits;

namespace Plimsoll.Gateway.Callers;

/// <summary>A caller's own bound on its requests; what it refuses the caller is told to repeat later.</summary>
internal sealed class InboundPolicy(LimitPolicy policy, DateTimeOffset now)
{
    private readonly Lock gate = new();
    private readonly ILimit limit = policy.Open(now);

    /// <summary>Takes one request; null if it fits, else when to come again.</summary>
    public TimeSpan? Refuses(DateTimeOffset at)
    {
        lock (gate)
        {
            Opening opening = limit.OpeningFor(1, at);
            if (opening.IsNow)
            {
                limit.Take(1, at);
                return null;
            }

            return opening.NotBefore - at;
        }
    }
}
