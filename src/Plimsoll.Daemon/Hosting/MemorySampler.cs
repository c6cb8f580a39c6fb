using Plimsoll.Core.Capacity;
using Plimsoll.Core.Identity;
using Plimsoll.Core.Inputs;
using Plimsoll.Core.Ports;

namespace Plimsoll.Daemon.Hosting;

/// <summary>Reads the node's memory at a fixed pace and tells the kernel when it has changed enough to matter.</summary>
internal sealed class MemorySampler : IDisposable
{
    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(250);

    private readonly Func<MemorySample?> read;
    private readonly IInputSink inputs;
    private readonly Lock gate = new();
    private readonly ITimer timer;
    private MemorySample latest;
    private long peak;

    public MemorySampler(Func<MemorySample?> read, IInputSink inputs, TimeProvider time)
    {
        this.read = read;
        this.inputs = inputs;
        Read();
        timer = time.CreateTimer(_ => Read(), null, Period, Period);
    }

    public MemorySample Latest
    {
        get
        {
            lock (gate)
            {
                return latest;
            }
        }
    }

    /// <summary>Largest resident memory of all tasks together, in bytes.</summary>
    public long PeakBytes => Interlocked.Read(ref peak);

    public void Dispose() => timer.Dispose();

    private void Read()
    {
        lock (gate)
        {
            if (read() is not { } sample)
            {
                return;
            }

            latest = sample;
            Interlocked.Exchange(ref peak, Math.Max(peak, sample.Tasks.Value));
            inputs.Post(new SampleTaken(NodeId.Local, NodeSample.Of(sample)));
        }
    }
}
