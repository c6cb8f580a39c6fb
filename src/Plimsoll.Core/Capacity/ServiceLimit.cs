using Plimsoll.Core.Limits;

namespace Plimsoll.Core.Capacity;

/// <summary>The limit of a service outside, with what was taken from it.</summary>
internal sealed class ServiceLimit
{
    private readonly ILimit limit;

    private ServiceLimit(LimitPolicy policy, ILimit limit)
    {
        Policy = policy;
        this.limit = limit;
    }

    public LimitPolicy Policy { get; }

    /// <summary>Most units that fit at once.</summary>
    public long Most => Policy.MostAtOnce();

    /// <summary>A limit from which nothing was taken yet.</summary>
    public static ServiceLimit Of(LimitPolicy policy) => new(policy, policy.Open(DateTimeOffset.UnixEpoch));

    /// <summary>The limit under another policy; what was taken and has not come back counts there as well.</summary>
    public ServiceLimit Retuned(LimitPolicy policy, DateTimeOffset now)
    {
        if (policy == Policy)
        {
            return this;
        }

        ServiceLimit next = Of(policy);
        long used = (long)Math.Ceiling(Most - Level(now));
        next.Take((int)Math.Clamp(used, 0, Math.Min(next.Most, int.MaxValue)), now);
        return next;
    }

    public Opening OpeningFor(int units, DateTimeOffset now) => limit.OpeningFor(units, now);

    public void Take(int units, DateTimeOffset at) => limit.Take(units, at);

    /// <summary>Units that may be taken now.</summary>
    public double Level(DateTimeOffset now) => limit switch
    {
        TokenBucket bucket => bucket.Level(now),
        SlidingWindow window => window.Limit - window.Used(now),
        _ => Most,
    };
}
