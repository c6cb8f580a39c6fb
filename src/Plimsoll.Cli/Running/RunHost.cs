using Plimsoll.Cli.Hosting;
using Plimsoll.Client.Runs;
using Plimsoll.Daemon.Hosting;
using Plimsoll.Daemon.Requests;

namespace Plimsoll.Cli.Running;

/// <summary>Starts a run, watches it and turns its end into an exit code.</summary>
internal static class RunHost
{
    /// <param name="start">Starts the run; the token is cancelled by Ctrl-C.</param>
    /// <param name="makeView">Makes the view, once the run has started.</param>
    public static async Task<ExitCode> RunAsync(
        CliContext context,
        bool drain,
        Func<CancellationToken, Task<Outcome<RunSession>>> start,
        Func<RunSession, IRunView> makeView)
    {
        using var signals = new StopSignals();
        Outcome<RunSession> started;
        try
        {
            started = await start(signals.First);
        }
        catch (OperationCanceledException) when (signals.Code is not null)
        {
            return signals.Code.Value;
        }

        if (!started.TryGet(out RunSession? session, out Refusal? refusal))
        {
            ErrorReport.Write(context.Error, refusal);
            return refusal.Code;
        }

        await using (session)
        {
            IRunView view = makeView(session);
            var watch = new RunWatch(view, signals, drain, context.Time);
            await watch.FollowAsync(session.Events, () => session.Progress, session.Stop);
            bool ended = (await session.Completion).TryGet(out SummaryView? summary, out refusal);
            view.Finish(summary);
            if (!ended)
                ErrorReport.Write(context.Error, refusal!);
            return ended ? CodeOf(summary!, signals.Code) : refusal!.Code;
        }
    }

    public static ExitCode CodeOf(SummaryView summary, ExitCode? signalled) =>
        summary.Outcome == "succeeded" ? ExitCode.Success : signalled ?? ExitCode.TaskFailed;
}
