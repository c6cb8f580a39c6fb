using System.Threading.Channels;
using Plimsoll.Client.Events;
using Plimsoll.Client.Runs;
using Plimsoll.Core.Capacity;
using Plimsoll.Core.Explain;
using Plimsoll.Core.Ports;
using Plimsoll.Daemon.Control;
using Plimsoll.Daemon.Requests;

namespace Plimsoll.Daemon.Hosting;

/// <summary>A run that is being carried out in this process.</summary>
public sealed class RunSession : IAsyncDisposable
{
    private const int WaitingShown = 20;
    private static readonly TimeSpan FeederPatience = TimeSpan.FromSeconds(1);

    private readonly RunHost host;
    private readonly ProgressViews progress;
    private readonly SummaryBuilder summary;
    private readonly ControlServer control;
    private readonly TimeProvider time;
    private readonly Func<Task> afterwards;
    private readonly CancellationTokenSource feeding = new();
    private Task? feeder;
    private volatile ProgressView latest;
    private Task<(KernelSnapshot Snapshot, KernelLimits Limits)>? asked;

    /// <param name="afterwards">Done once the state folder is free again.</param>
    internal RunSession(RunHost host, RunReports reports, ControlServer control, TimeProvider time, Func<Task> afterwards)
    {
        this.time = time;
        this.afterwards = afterwards;
        this.host = host;
        progress = reports.Progress;
        summary = reports.Summary;
        this.control = control;
        latest = progress.Empty;
        Completion = CompleteAsync();
    }

    /// <summary>Number of the run.</summary>
    public int Run => host.Run.Value;

    /// <summary>Where the run stands. Cheap: a new picture is asked for with each call and given with a later one.</summary>
    public ProgressView Progress
    {
        get
        {
            if (asked is { IsCompletedSuccessfully: true } answered)
            {
                latest = progress.Of(answered.Result.Snapshot, answered.Result.Limits);
                asked = null;
            }

            asked ??= host.Calls.AskAsync((kernel, now) => (kernel.Snapshot(now, WaitingShown), kernel.Limits));
            return latest;
        }
    }

    /// <summary>What happens, in order; ends with <see cref="RunFinishedView"/>.</summary>
    public ChannelReader<RunEventView> Events => host.Events.Reader;

    /// <summary>Ends when the run has ended or was stopped; a broken environment (journal lost) is a refusal.</summary>
    public Task<Outcome<SummaryView>> Completion { get; }

    /// <summary>Stops the run; a stronger mode overrides a weaker one.</summary>
    public void Stop(StopMode mode)
    {
        feeding.Cancel();
        if (host.JournalTrouble is not null)
        {
            host.Events.Tell(new WarningView(
                host.Clock.Now, Run, "journal", $"the journal cannot be written, so how tasks end now is not recorded; `plimsoll resume {Run}` finds out and goes on"));
        }

        host.Stopper.Stop(mode);
    }

    public async ValueTask DisposeAsync()
    {
        await feeding.CancelAsync();
        await control.DisposeAsync();
        if (feeder is not null)
        {
            // A source that cannot be interrupted (a terminal's line) ends with the process.
            await Task.WhenAny(feeder, Task.Delay(FeederPatience, time));
        }

        await host.DisposeAsync();
        await afterwards();
        feeding.Dispose();
    }

    /// <summary>Owns a feeder that adds tasks while the run goes on; its failure stops the run.</summary>
    internal void Feed(Func<CancellationToken, Task> feed) => feeder = FeedAsync(feed);

    private async Task FeedAsync(Func<CancellationToken, Task> feed)
    {
        try
        {
            await feed(feeding.Token);
        }
        catch (OperationCanceledException)
        {
            // Stopped: the items that were not read yet are not part of the run.
        }
        catch (Exception error) when (error is IOException or InvalidDataException)
        {
            host.Events.Tell(new WarningView(host.Clock.Now, Run, "input", $"the items cannot be read further: {error.Message}"));
            host.Stopper.Stop(StopMode.Graceful);
        }
    }

    private async Task<Outcome<SummaryView>> CompleteAsync()
    {
        try
        {
            await host.Ended;
            SummaryView view = summary.Build(host);
            await host.FlushAsync();
            host.Events.Tell(new RunFinishedView(host.Clock.Now, Run, view));
            return view;
        }
        catch (JournalException error)
        {
            return new Refusal(ExitCode.Environment, error.Message, $"Running tasks were ended. Put the journal right, then `plimsoll resume {Run}`.");
        }
        finally
        {
            host.Events.Complete();
        }
    }
}
