using System.Diagnostics.Metrics;

namespace Plimsoll.Daemon.Watching.Metrics;

/// <summary>The meters of one service: two services in one process do not see each other's numbers.</summary>
internal sealed class ScopedMeters : IMeterFactory
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, Meter> meters = new(StringComparer.Ordinal); // guarded by gate

    public Meter Create(MeterOptions options)
    {
        lock (gate)
        {
            if (!meters.TryGetValue(options.Name, out Meter? meter))
            {
                meters[options.Name] = meter = new Meter(new MeterOptions(options.Name) { Version = options.Version, Tags = options.Tags, Scope = this });
            }

            return meter;
        }
    }

    public void Dispose()
    {
        lock (gate)
        {
            foreach (Meter meter in meters.Values)
            {
                meter.Dispose();
            }

            meters.Clear();
        }
    }
}
