namespace Plimsoll.Calibration.ProviderModel.Accounts;

/// <summary>How an OpenAI-compatible provider fills the <c>x-ratelimit</c> headers.</summary>
public enum HeaderStyle
{
    /// <summary>As OpenAI: resets as Go durations.</summary>
    Own,

    /// <summary>Resets as plain seconds.</summary>
    PlainSeconds,

    /// <summary>-1 for limits and what is left, 0 for resets: they mean nothing.</summary>
    NonPositive,

    /// <summary>As OpenAI, but what is told of requests is of a day (Groq).</summary>
    DailyRequests,

    /// <summary>No such headers.</summary>
    Absent,
}
