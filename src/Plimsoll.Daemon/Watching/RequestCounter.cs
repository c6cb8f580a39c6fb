namespace Plimsoll.Daemon.Watching;

/// <summary>Counts what the service answered; any thread.</summary>
internal sealed class RequestCounter
{
    private long requests;
    private long errors;
    private long staleFences;

    public long Requests => Interlocked.Read(ref requests);

    /// <summary>Answers 5xx, but for those that say the journal is away: that has an alert of its own.</summary>
    public long Errors => Interlocked.Read(ref errors);

    /// <summary>Requests with a fence, or with the token of an attempt, that is no longer valid.</summary>
    public long StaleFences => Interlocked.Read(ref staleFences);

    public void Answered(int status)
    {
        Interlocked.Increment(ref requests);
        if (status >= 500 && status != 503)
        {
            Interlocked.Increment(ref errors);
        }
    }

    public void Stale() => Interlocked.Increment(ref staleFences);
}
