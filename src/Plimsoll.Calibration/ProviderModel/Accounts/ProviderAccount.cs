using System.Globalization;
using Plimsoll.Calibration.ProviderModel.Answers;
using Plimsoll.Calibration.ProviderModel.Caching;
using Plimsoll.Calibration.ProviderModel.Dialects;
using Plimsoll.Calibration.ProviderModel.Faults;
using Plimsoll.Calibration.ProviderModel.Quotas;

namespace Plimsoll.Calibration.ProviderModel.Accounts;

/// <summary>An account at a modelled provider: a request goes in with its time, all that will be answered comes out.</summary>
/// <remarks>
/// Not safe for concurrent use. It has no clock: each call says what time it is, and a time before that of an earlier call counts as that one.
/// The same options and the same calls give the same plans. Headers tell the limits as they were when the request was admitted or refused.
/// </remarks>
internal sealed class ProviderAccount
{
    private readonly ProviderOptions options;
    private readonly DateTimeOffset start;
    private readonly IDialect dialect;
    private readonly FaultDice dice;
    private readonly PromptCache cache;
    private readonly AnswerPlanner planner;
    private readonly PendingCharges pending = new();
    private readonly Dictionary<string, ModelState> models = [];
    private DateTimeOffset latest;
    private long arrivals;

    /// <exception cref="ArgumentException">The options have problems; the message names all of them.</exception>
    public ProviderAccount(ProviderOptions options, DateTimeOffset start)
    {
        IReadOnlyList<string> problems = options.Problems();
        if (problems.Count > 0)
            throw new ArgumentException(string.Join("; ", problems), nameof(options));

        this.options = options;
        this.start = start;
        latest = start;
        dialect = options.Kind switch
        {
            ProviderKind.Anthropic => new AnthropicDialect(options),
            ProviderKind.OpenAI => new OpenAIDialect(options),
            ProviderKind.Gemini => new GeminiDialect(options),
            _ => new AzureDialect(options),
        };
        dice = new(options.Faults, options.Seed);
        cache = new(options.CacheLife, options.SmallestCachedTokens);
        planner = new(options, dialect);
    }

    public AnswerPlan Answer(ProviderRequest request, DateTimeOffset now)
    {
        now = Settle(now);
        long arrival = arrivals++;
        string id = string.Create(CultureInfo.InvariantCulture, $"{options.Seed:x}x{arrival:x8}");
        ModelState model = Model(request.Model);
        Fault fault = dice.Roll(arrival);
        if (fault.Kind == FaultKind.MidStreamError && !AnswerPlanner.Streams(request))
            fault = fault with { Kind = FaultKind.ServerError };

        AnswerPlan Refuse(ErrorAnswer error, FaultKind kind, IReadOnlyList<Charge> charges) =>
            planner.Refusal(new(error, id, arrival, kind, charges), model.Quotas, now);

        if (dialect.Invalid(request, id) is { } invalid)
            return Refuse(invalid, FaultKind.None, []);
        if (fault.Kind is FaultKind.RateLimited or FaultKind.RateLimitedSilently or FaultKind.SpendLimit)
        {
            CountRefused(model, now);
            return Refuse(dialect.Faulted(fault.Kind, request, id), fault.Kind, []);
        }

        if (options.ConcurrentRequests is { } most && model.Live.Count(now) >= most)
        {
            CountRefused(model, now);
            return Refuse(dialect.TooManyAtOnce(id), FaultKind.None, []);
        }

        long cached = Math.Min(request.InputTokens, cache.Readable(request.Prefixes, now));
        IReadOnlyList<QuotaNeed> needs = dialect.Needs(request, cached);
        if (model.Quotas.Refuses(needs, now) is { } refusal)
        {
            CountRefused(model, now);
            return Refuse(dialect.RateLimited(refusal, request, id), FaultKind.None, []);
        }

        long input = Math.Max(0, PromptEstimate.Tokens(request, options) - (options.Kind == ProviderKind.Anthropic ? cached : 0));
        if (model.Acceleration?.WaitFor(input, now) is { } wait && wait > TimeSpan.Zero)
        {
            CountRefused(model, now);
            return Refuse(dialect.TooFast(wait, id), FaultKind.None, []);
        }

        model.Acceleration?.Add(input, now);
        if (fault.Kind is FaultKind.Overloaded or FaultKind.ServerError or FaultKind.TimedOut)
            return Refuse(dialect.Faulted(fault.Kind, request, id), fault.Kind, Take(model.Quotas, dialect.OfFailed(needs), now));

        List<Charge> taken = Take(model.Quotas, needs, now);
        Production production = Production.Of(request, options, now);
        long written = Math.Clamp(cache.Writable(request.Prefixes) - cached, 0, request.InputTokens - cached);
        TokenUsage usage = new(request.InputTokens - cached - written, written, cached, production.Tokens);
        cache.Use(request.Prefixes, now, production.Begins);
        AnswerPlan plan = planner.Answer(new(request, id, arrival, fault, taken, needs), usage, production, model.Quotas, now);
        if (options.ConcurrentRequests is not null)
            model.Live.Add(arrival, plan.Ending is AnswerEnding.Stalled or AnswerEnding.Silent ? DateTimeOffset.MaxValue : production.Ends);
        pending.Add(arrival, model.Quotas, [.. plan.Charges.Skip(taken.Count)]);
        return plan;
    }

    /// <summary>The client hung up: what is not produced by now is not charged.</summary>
    public void Abort(AnswerPlan plan, DateTimeOffset now)
    {
        Settle(now);
        pending.Abort(plan.Arrival);
        foreach (ModelState model in models.Values)
            model.Live.Abort(plan.Arrival);
    }

    /// <summary>Whole tokens or requests left, below zero in debt; null = not limited.</summary>
    public long? Level(string model, QuotaDimension dimension, DateTimeOffset now)
    {
        now = Settle(now);
        return Model(model).Quotas.Level(dimension, now);
    }

    /// <summary>Tokens or requests charged from the start until now, less those given back; null = not limited.</summary>
    public long? Charged(string model, QuotaDimension dimension, DateTimeOffset now)
    {
        Settle(now);
        return Model(model).Quotas.Charged(dimension);
    }

    /// <summary>Answers whose output is still being charged.</summary>
    public int Pending => pending.Answers;

    /// <summary>As configured; null = not limited.</summary>
    public long? Limit(string model, QuotaDimension dimension) => options.ModelLimits.GetValueOrDefault(model, options.Limits)[dimension];

    private DateTimeOffset Settle(DateTimeOffset now)
    {
        latest = now > latest ? now : latest;
        pending.Settle(latest);
        return latest;
    }

    private void CountRefused(ModelState model, DateTimeOffset now)
    {
        if (dialect.CountsRefused)
            model.Quotas.Waste(QuotaDimension.Requests, 1, now);
    }

    private static List<Charge> Take(QuotaSet quotas, IReadOnlyList<QuotaNeed> needs, DateTimeOffset now)
    {
        List<Charge> charges = [];
        foreach (QuotaNeed need in needs.Where(need => need.Amount > 0))
        {
            if (need.Dimension == QuotaDimension.DailyRequests && quotas.Charged(need.Dimension) is null)
                continue;
            quotas.Take(need.Dimension, need.Amount, now);
            charges.Add(new(need.Dimension, need.Amount, now));
        }

        return charges;
    }

    private ModelState Model(string name)
    {
        if (!models.TryGetValue(name, out ModelState? model))
        {
            QuotaLimits limits = options.ModelLimits.GetValueOrDefault(name, options.Limits);
            model = new(new(limits, options.Shape, start), options.Acceleration is { } acceleration ? new(acceleration, start) : null);
            models[name] = model;
        }

        return model;
    }

    private sealed record ModelState(QuotaSet Quotas, AccelerationGate? Acceleration)
    {
        public LiveAnswers Live { get; } = new();
    }
}
