using System.Globalization;
using Plimsoll.Calibration.ProviderModel.Accounts;
using Plimsoll.Calibration.ProviderModel.Quotas;

namespace Plimsoll.Calibration.ProviderModel.Dialects;

/// <summary>The <c>x-ratelimit</c> headers of OpenAI and those who use its names.</summary>
internal static class LimitHeaders
{
    private static readonly (QuotaDimension Dimension, string Name)[] Names =
    [
        (QuotaDimension.Requests, "requests"), (QuotaDimension.Tokens, "tokens"), (QuotaDimension.ProjectTokens, "project-tokens"),
    ];

    public static void Add(ICollection<KeyValuePair<string, string>> headers, HeaderStyle style, QuotaSet quotas, DateTimeOffset now)
    {
        if (style == HeaderStyle.Absent)
            return;

        foreach ((QuotaDimension dimension, string name) in Names)
        {
            QuotaDimension told = style == HeaderStyle.DailyRequests && dimension == QuotaDimension.Requests ? QuotaDimension.DailyRequests : dimension;
            if (quotas.Read(told, now) is not { } reading)
                continue;
            bool means = style != HeaderStyle.NonPositive;
            headers.Add(new($"x-ratelimit-limit-{name}", Number(means ? reading.Limit : -1)));
            headers.Add(new($"x-ratelimit-remaining-{name}", Number(means ? reading.Remaining : -1)));
            headers.Add(new($"x-ratelimit-reset-{name}", style switch
            {
                HeaderStyle.NonPositive => "0",
                HeaderStyle.PlainSeconds => Number((long)Math.Ceiling(reading.UntilFull.TotalSeconds)),
                _ => GoDuration.Text(reading.UntilFull),
            }));
        }
    }

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);
}
