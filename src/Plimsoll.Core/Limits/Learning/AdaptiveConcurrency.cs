namespace Plimsoll.Core.Limits.Learning;

/// <summary>Finds a number of requests in flight where a provider tells no limits: less after a refusal, slowly more without.</summary>
/// <remarks>
/// Additive-increase/multiplicative-decrease in its multiplicative form (D. Chiu, R. Jain, "Analysis of the increase and decrease algorithms",
/// Computer Networks and ISDN Systems 17, 1989): x 0.8 per episode of refusals, with 15 s of rest; + 5 % after a round of as many answers as the limit, if
/// the limit was reached in it. Latency is not used: the length of answers dominates it.
/// </remarks>
public sealed class AdaptiveConcurrency
{
    private const double Start = 20;
    private const double Least = 4;
    private const double Most = 100;
    private const double Cut = 0.8;
    private const double Raise = 1.05;
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(15);

    private double limit = Start;
    private int answersInRound;
    private bool reached;
    private DateTimeOffset lastCut = DateTimeOffset.MinValue;

    /// <summary>Requests that may be in flight, 4..100.</summary>
    public int Limit => (int)limit;

    /// <summary>A request was answered.</summary>
    /// <param name="inFlight">Requests in flight, this one included.</param>
    public void Answered(long inFlight)
    {
        reached |= inFlight >= Limit;
        if (++answersInRound < Limit)
        {
            return;
        }

        limit = reached ? Math.Min(Most, limit * Raise) : limit;
        NewRound();
    }

    /// <summary>The provider refused a request; refusals within 15 s of a cut belong to its episode.</summary>
    public void Refused(DateTimeOffset now)
    {
        NewRound();
        if (lastCut > now - Rest)
        {
            return;
        }

        lastCut = now;
        limit = Math.Max(Least, limit * Cut);
    }

    private void NewRound()
    {
        answersInRound = 0;
        reached = false;
    }
}
