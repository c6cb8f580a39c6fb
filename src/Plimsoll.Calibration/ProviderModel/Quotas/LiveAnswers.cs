namespace Plimsoll.Calibration.ProviderModel.Quotas;

/// <summary>Requests of one model that are being answered, for a limit on how many may be.</summary>
internal sealed class LiveAnswers
{
    private readonly PriorityQueue<long, DateTimeOffset> ends = new();
    private readonly HashSet<long> live = [];

    public int Count(DateTimeOffset now)
    {
        while (ends.TryPeek(out long answer, out DateTimeOffset at) && at <= now)
        {
            ends.Dequeue();
            live.Remove(answer);
        }

        return live.Count;
    }

    /// <param name="answer">Unique; <see cref="Abort"/> takes it.</param>
    /// <param name="until">When it will have been sent.</param>
    public void Add(long answer, DateTimeOffset until)
    {
        live.Add(answer);
        ends.Enqueue(answer, until);
    }

    public void Abort(long answer) => live.Remove(answer);
}
