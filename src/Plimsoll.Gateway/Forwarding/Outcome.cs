namespace Plimsoll.Gateway.Forwarding;

/// <summary>What became of the attempts to get an answer: one that is given to the client, or a refusal of our own.</summary>
internal readonly record struct Outcome(UpstreamAnswer? Answer, Refusal? Refusal)
{
    public static implicit operator Outcome(UpstreamAnswer answer) => new(answer, null);

    public static implicit operator Outcome(Refusal refusal) => new(null, refusal);
}
