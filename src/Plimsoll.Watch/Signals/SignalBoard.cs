using Plimsoll.Watch.Samples;

namespace Plimsoll.Watch.Signals;

/// <summary>Turns samples into signals; remembers what rates, trends and learned times need, in bounded memory.</summary>
/// <remarks>One caller at a time; samples in the order of time. Deterministic: the same samples give the same signals.</remarks>
public sealed class SignalBoard
{
    private readonly NodeSignals nodes = new();
    private readonly QueueSignals queue = new();
    private readonly SharingSignals sharing = new();
    private readonly AgentSignals agents = new();
    private readonly AttemptSignals attempts = new();
    private readonly ServiceSignals services = new();

    public SignalSet Read(WatchSample sample)
    {
        var set = new SignalSet(sample.At);
        nodes.Read(sample, set);
        queue.Read(sample, set);
        sharing.Read(sample, set);
        agents.Read(sample, set);
        attempts.Read(sample, set);
        services.Read(sample, set);
        return set;
    }
}
