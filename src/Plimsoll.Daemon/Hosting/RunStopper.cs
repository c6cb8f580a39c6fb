using Plimsoll.Core.Inputs;
using Plimsoll.Core.Lifecycle;
using Plimsoll.Core.Ports;
using Plimsoll.Daemon.Requests;

namespace Plimsoll.Daemon.Hosting;

/// <summary>Stops a run in two phases: start nothing more, then, after a wait, end what still runs.</summary>
internal sealed class RunStopper(IInputSink inputs, RunWatch watch, TimeSpan patience, TimeProvider time, Action abandon) : IDisposable
{
    /// <summary>What ending every attempt may take beyond the grace, before the loop is left without its last commits.</summary>
    private static readonly TimeSpan Settling = TaskPolicy.DefaultGrace + TimeSpan.FromSeconds(10);

    private readonly Lock gate = new();
    private ITimer? deadline;
    private ITimer? surrender;
    private int immediate;

    /// <summary>A stronger mode overrides a weaker one; the third demand for an immediate end does not wait for the journal either.</summary>
    public void Stop(StopMode mode)
    {
        lock (gate)
        {
            if (!watch.Stopping)
            {
                watch.Stopping = true;
                inputs.Post(new SetIntake(Paused: true, "the run is being stopped"));
            }

            switch (mode)
            {
                case StopMode.Drain:
                    break;
                case StopMode.Graceful:
                    deadline ??= time.CreateTimer(_ => Interrupt(null), null, patience, Timeout.InfiniteTimeSpan);
                    break;
                case StopMode.Immediate when ++immediate == 1:
                    Interrupt(null);
                    break;
                case StopMode.Immediate when immediate == 2:
                    Interrupt(TimeSpan.Zero);
                    break;
                default:
                    abandon();
                    break;
            }
        }
    }

    public void Dispose()
    {
        lock (gate)
        {
            deadline?.Dispose();
            surrender?.Dispose();
        }
    }

    /// <summary>Ends what runs. A journal that cannot be written must not keep a stopped Plimsoll alive: resume finds what was not recorded.</summary>
    private void Interrupt(TimeSpan? grace)
    {
        inputs.Post(new InterruptAttempts(grace, "plimsoll was stopped"));
        lock (gate)
        {
            surrender ??= time.CreateTimer(_ => abandon(), null, Settling, Timeout.InfiniteTimeSpan);
        }
    }
}
