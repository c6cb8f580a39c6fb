using System.Collections.Concurrent;
using Plimsoll.Gateway.Hosting;

namespace Plimsoll.Gateway.Forwarding;

/// <summary>Ends requests to providers that have said nothing for five minutes; there is no limit on their whole length.</summary>
internal sealed class StallWatch : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(300);
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    private readonly GatewayClock clock;
    private readonly ConcurrentDictionary<Watched, bool> all = new();
    private readonly ITimer timer;

    public StallWatch(GatewayClock clock)
    {
        this.clock = clock;
        timer = clock.Time.CreateTimer(static watch => ((StallWatch)watch!).Look(), this, Interval, Interval);
    }

    /// <summary>Watches one request until what is returned is disposed.</summary>
    public Watched Begin(CancellationToken ended)
    {
        Watched watched = new(this, clock.Time.GetTimestamp(), ended);
        all.TryAdd(watched, true);
        return watched;
    }

    public void Dispose()
    {
        timer.Dispose();
    }

    private void Look()
    {
        foreach (KeyValuePair<Watched, bool> each in all)
        {
            if (clock.Time.GetElapsedTime(each.Key.HeardAt) > Patience)
            {
                each.Key.Stop();
            }
        }
    }

    /// <summary>One request to a provider.</summary>
    internal sealed class Watched(StallWatch owner, long began, CancellationToken ended) : IDisposable
    {
        private readonly CancellationTokenSource source = CancellationTokenSource.CreateLinkedTokenSource(ended);
        private long heardAt = began;

        /// <summary>Ends with the exchange, or when the provider has stalled.</summary>
        public CancellationToken Token => source.Token;

        public long HeardAt => Volatile.Read(ref heardAt);

        public bool HasStalled { get; private set; }

        public void Heard()
        {
            Volatile.Write(ref heardAt, owner.clock.Time.GetTimestamp());
        }

        public void Stop()
        {
            HasStalled = true;
            if (owner.all.ContainsKey(this))
            {
                try
                {
                    source.Cancel();
                }
                catch (ObjectDisposedException)
                {
                    // It has ended by itself at this moment.
                    HasStalled = true;
                }
            }
        }

        public void Dispose()
        {
            owner.all.TryRemove(this, out _);
            source.Dispose();
        }
    }
}
