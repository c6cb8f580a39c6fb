using Plimsoll.Core.Providers;
using Plimsoll.Gateway.Holding;

namespace Plimsoll.Gateway.Callers;

/// <summary>What the gateway knows of one caller while its key is valid.</summary>
/// <remarks>Usage is written by the caller's requests and read by anyone, under its lock.</remarks>
internal sealed class CallerState(Caller caller, long flow, InboundPolicy? policy) : IDisposable
{
    private readonly Lock gate = new();
    private readonly CancellationTokenSource revocation = new();
    private readonly Dictionary<string, string> classes = new(StringComparer.Ordinal);
    private ModelUsage usage;
    private int underWay;

    public Caller Caller => caller;

    /// <summary>Names its task in fair queues.</summary>
    public long Flow => flow;

    public InboundPolicy? Policy => policy;

    /// <summary>Closed while the attempt is frozen.</summary>
    public Gate Thaw { get; } = new();

    public CancellationToken Revoked => revocation.Token;

    public ModelUsage Usage
    {
        get
        {
            lock (gate)
                return usage;
        }
    }

    /// <summary>Requests that have not ended.</summary>
    public int UnderWay => Volatile.Read(ref underWay);

    public void Begin() => Interlocked.Increment(ref underWay);

    public void End() => Interlocked.Decrement(ref underWay);

    public void Add(ModelUsage more)
    {
        lock (gate)
            usage += more;
    }

    /// <summary>The class for learning lengths of answers: the model and what kind of caller asks.</summary>
    public string ClassOf(string model)
    {
        lock (gate)
        {
            if (!classes.TryGetValue(model, out string? name))
            {
                name = $"{model}|{caller.Kind}";
                if (classes.Count < 64)
                {
                    classes.Add(model, name);
                }
            }

            return name;
        }
    }


    public void Revoke() => revocation.Cancel();

    public void Dispose() => revocation.Dispose();
}
