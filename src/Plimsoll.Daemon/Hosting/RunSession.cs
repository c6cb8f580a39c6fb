using System.Threading.Channels;
using Plimsoll.Client.Events;
using Plimsoll.Client.Runs;
using Plimsoll.Daemon.Requests;

namespace Plimsoll.Daemon.Hosting;

/// <summary>A run that is being carried out in this process.</summary>
public sealed class RunSession : IAsyncDisposable
{
    /// <summary>Number of the run.</summary>
    public int Run { get; init; }

    /// <summary>Where the run stands; cheap, at most 10 new pictures per second.</summary>
    public ProgressView Progress => throw new NotSupportedException();

    /// <summary>What happens, in order; ends with <see cref="RunFinishedView"/>.</summary>
    public ChannelReader<RunEventView> Events => throw new NotSupportedException();

    /// <summary>Ends when the run has ended or was stopped; a broken environment (journal lost) is a refusal.</summary>
    public Task<Outcome<SummaryView>> Completion => throw new NotSupportedException();

    /// <summary>Stops the run; a stronger mode overrides a weaker one.</summary>
    public void Stop(StopMode mode) => throw new NotSupportedException($"{mode}");

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
