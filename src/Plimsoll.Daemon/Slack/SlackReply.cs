namespace Plimsoll.Daemon.Slack;

/// <summary>What came of telling Slack something.</summary>
/// <param name="Error">Slack's word for what is wrong, or what came instead of an answer.</param>
/// <param name="RetryAfter">When Slack says so.</param>
internal sealed record SlackReply(bool Taken, bool MayTakeLater, string? Error, TimeSpan? RetryAfter)
{
    public static SlackReply Done { get; } = new(true, false, null, null);

    /// <summary>True when Slack may have taken it all the same: no answer came, or one of its servers failed.</summary>
    public bool IsUnknown { get; init; }
}
