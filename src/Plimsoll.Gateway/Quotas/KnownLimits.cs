using Plimsoll.Core.Limits;
using Plimsoll.Core.Limits.Learning;
using Plimsoll.Core.Providers;
using Plimsoll.Gateway.Hosting;
using Plimsoll.Gateway.Providers;

namespace Plimsoll.Gateway.Quotas;

/// <summary>The limits of one account and model class: configured ones, and those that headers have told.</summary>
/// <remarks>Not safe for concurrent use: the quota's lock guards it.</remarks>
internal sealed class KnownLimits
{
    /// <summary>Above this many tokens per minute OpenAI bounds growth.</summary>
    private const long FreeGrowthPerMinute = 1_000_000;
    private const long Unlimited = 1L << 40;

    private readonly ProviderKind kind;
    private readonly Dictionary<Dimension, Rate> configured = [];
    private readonly List<RampGovernor> ramps = [];
    private readonly ConcurrencyLimit? adaptiveLimit;
    private AdaptiveConcurrency? adaptive;

    /// <param name="settings">Null: nothing is configured, everything is learned.</param>
    public KnownLimits(ProviderKind kind, QuotaSettings? settings, DateTimeOffset now)
    {
        this.kind = kind;
        Dictionary<Dimension, ILimit> limits = [];
        OutputGate? gate = null;
        foreach ((Dimension dimension, Rate? rate) in Rates(settings))
        {
            if (rate is not { } given)
            {
                continue;
            }

            configured.Add(dimension, given);
            if (dimension is Dimension.DailyRequests or Dimension.Money)
            {
                limits.Add(dimension, new TokenBucket(given, given.Amount, now));
                continue;
            }

            // A second's worth at the start: what others have used before is not known.
            ProviderBucket bucket = Bucket(dimension, given, Math.Max(1, given.UnitsIn(TimeSpan.FromSeconds(1))), now);
            limits.Add(dimension, bucket);
            gate = dimension == Dimension.OutputTokens ? new(bucket) : gate;
        }

        if (settings?.Concurrency is { } places)
        {
            limits.Add(Dimension.Concurrency, new ConcurrencyLimit(places));
        }
        else if (limits.Count == 0)
        {
            adaptive = new();
            adaptiveLimit = new(adaptive.Limit);
            limits.Add(Dimension.Concurrency, adaptiveLimit);
        }

        Vector = new(limits, gate);
    }

    public LimitVector Vector { get; }

    /// <summary>Whether what is used is known only in the end, so that it is charged while it is produced.</summary>
    public bool MetersOutput => kind == ProviderKind.Anthropic;

    /// <summary>Corrects our counts by the headers of an answer, and adds limits not known before.</summary>
    public void Observe(ReadOnlySpan<LimitReading> readings, HoldId hold, TimeSpan roundTrip, DateTimeOffset now)
    {
        foreach (LimitReading reading in readings)
        {
            var told = Rate.PerMinute(reading.Limit);
            if (!told.IsValid)
            {
                continue;
            }

            if (Vector[reading.Dimension] is null)
            {
                Learn(reading, told, now);
            }

            if (Vector[reading.Dimension] is ProviderBucket bucket)
            {
                // A limit that was configured lower than the account's is a share of it: what the account has left says nothing of the share, unless it is less.
                bool isShare = configured.TryGetValue(reading.Dimension, out Rate own) && told.PerSecond > own.PerSecond;
                long after = Vector.ChargedAfter(hold, reading.Dimension);
                if (!isShare || reading.Remaining - after < bucket.Remaining(now))
                {
                    bucket.Observe(new(reading.Remaining, reading.Rounding, roundTrip, now, isShare ? null : told), after, now);
                }
            }
        }
    }

    /// <summary>A request was answered; where no limits are told, that says how many may be in flight.</summary>
    public void Answered(int inFlight)
    {
        if (adaptive is not null)
        {
            adaptive.Answered(inFlight);
            adaptiveLimit!.Limit = adaptive.Limit;
        }
    }

    /// <summary>The provider refused a request whose hold has been cancelled; gives how long everything must rest where no dimension is known.</summary>
    public TimeSpan Refused(ProviderRefusal refusal, Amounts asked, TimeSpan wait, DateTimeOffset now)
    {
        if (refusal.IsTooFast)
        {
            ramps.ForEach(ramp => ramp.SlowDown(now));
        }

        if (adaptive is not null)
        {
            adaptive.Refused(now);
            adaptiveLimit!.Limit = adaptive.Limit;
        }

        Dimension? dimension = refusal.Dimension is { } named && Vector[named] is ProviderBucket ? named : Emptiest(now);
        if (dimension is not { } blamed || Vector[blamed] is not ProviderBucket bucket)
        {
            return wait;
        }

        bucket.Refused(wait, asked[blamed], now);
        if (kind != ProviderKind.Anthropic && Vector[Dimension.Requests] is { } requests)
        {
            // Requests count there even when they are refused.
            requests.Take(1, now);
        }

        return TimeSpan.Zero;
    }

    public IEnumerable<LevelSnapshot> Levels(DateTimeOffset now)
    {
        foreach (Dimension dimension in Enum.GetValues<Dimension>())
        {
            switch (Vector[dimension])
            {
                case ProviderBucket bucket:
                    yield return new(dimension, PerMinute(bucket.Rate), bucket.Remaining(now), !configured.ContainsKey(dimension));
                    break;
                case TokenBucket bucket:
                    yield return new(dimension, PerMinute(bucket.Rate), bucket.Level(now), false);
                    break;
                case ConcurrencyLimit { Limit: < Unlimited } places:
                    yield return new(dimension, 0, places.Limit - places.InUse, ReferenceEquals(places, adaptiveLimit));
                    break;
                default:
                    break;
            }
        }
    }

    /// <summary>The dimension with the smallest share left, and that share.</summary>
    public (Dimension Dimension, double Left)? Tightest(DateTimeOffset now)
    {
        (Dimension Dimension, double Left)? tightest = null;
        foreach (LevelSnapshot level in Levels(now))
        {
            double left = level.PerMinute > 0 ? level.Remaining / level.PerMinute : 1;
            tightest = tightest is null || left < tightest.Value.Left ? (level.Dimension, left) : tightest;
        }

        return tightest;
    }

    private static double PerMinute(Rate rate) => rate.Amount / rate.Per.TotalMinutes;

    private Dimension? Emptiest(DateTimeOffset now)
    {
        Dimension? emptiest = null;
        double least = double.PositiveInfinity;
        foreach (Dimension dimension in (ReadOnlySpan<Dimension>)[Dimension.Requests, Dimension.InputTokens, Dimension.OutputTokens, Dimension.TotalTokens])
        {
            if (Vector[dimension] is ProviderBucket bucket && bucket.Remaining(now) / bucket.Rate.PerSecond is var seconds && seconds < least)
            {
                (emptiest, least) = (dimension, seconds);
            }
        }

        return emptiest;
    }

    private void Learn(LimitReading reading, Rate told, DateTimeOffset now)
    {
        ProviderBucket bucket = Bucket(reading.Dimension, told, reading.Remaining, now);
        Vector.Add(reading.Dimension, bucket, reading.Dimension == Dimension.OutputTokens ? new(bucket) : null);
        if (adaptive is not null)
        {
            // Limits are told: there is nothing to find out by trying.
            adaptive = null;
            adaptiveLimit!.Limit = Unlimited;
        }
    }

    private ProviderBucket Bucket(Dimension dimension, Rate rate, long level, DateTimeOffset now)
    {
        bool refunds = kind == ProviderKind.Anthropic || dimension is Dimension.OutputTokens;
        RampGovernor? ramp = null;
        if (kind == ProviderKind.OpenAI && (dimension is Dimension.TotalTokens or Dimension.InputTokens))
        {
            ramp = new(FreeGrowthPerMinute, now);
            ramps.Add(ramp);
        }

        return new(rate, now, level, refunds, ramp);
    }

    private static (Dimension Dimension, Rate? Rate)[] Rates(QuotaSettings? settings) => settings is null ? [] :
    [
        (Dimension.Requests, settings.Requests),
        (Dimension.InputTokens, settings.InputTokens),
        (Dimension.OutputTokens, settings.OutputTokens),
        (Dimension.TotalTokens, settings.TotalTokens),
        (Dimension.DailyRequests, settings.DailyRequests),
        (Dimension.Money, settings.MicroDollars),
    ];
}
