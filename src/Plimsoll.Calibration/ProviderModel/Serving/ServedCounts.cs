using Plimsoll.Calibration.ProviderModel.Accounts;
using Plimsoll.Calibration.ProviderModel.Answers;
using Plimsoll.Calibration.ProviderModel.Faults;
using Plimsoll.Calibration.ProviderModel.Quotas;

namespace Plimsoll.Calibration.ProviderModel.Serving;

/// <summary>Counts what was answered; not safe for concurrent use.</summary>
internal sealed class ServedCounts
{
    private const int TooManyRequests = 429;
    private readonly SortedSet<string> models = new(StringComparer.Ordinal);
    private DateTimeOffset? first;
    private long requests;
    private long rateLimited;
    private long otherErrors;
    private long faults;

    public void Add(ProviderRequest request, AnswerPlan plan)
    {
        first ??= plan.HeadersAt;
        models.Add(request.Model);
        requests++;
        rateLimited += plan.Status == TooManyRequests ? 1 : 0;
        otherErrors += plan.Status is not (200 or TooManyRequests) ? 1 : 0;
        faults += plan.Fault == FaultKind.None ? 0 : 1;
    }

    public ServedReport Report(ProviderAccount account, DateTimeOffset now)
    {
        TimeSpan span = first is { } begun && now > begun ? now - begun : TimeSpan.Zero;
        IEnumerable<ServedDimension> dimensions =
            from model in models
            from dimension in Enum.GetValues<QuotaDimension>()
            let limit = account.Limit(model, dimension)
            where limit is not null
            let charged = account.Charged(model, dimension, now) ?? 0
            let period = dimension == QuotaDimension.DailyRequests ? TimeSpan.FromDays(1) : TimeSpan.FromMinutes(1)
            select new ServedDimension(model, dimension, limit.Value, charged, span > TimeSpan.Zero ? charged / (limit.Value * (span / period)) : 0);
        return new(requests, rateLimited, otherErrors, faults, span, [.. dimensions.OrderByDescending(dimension => dimension.Goodput)]);
    }
}
