using Plimsoll.Client.Overviews;
using Plimsoll.Client.Runs;
using Plimsoll.Daemon.Control;
using Plimsoll.Daemon.Requests;

namespace Plimsoll.Daemon.Projects;

/// <summary>The overview of whichever Plimsoll works on this state folder.</summary>
internal sealed class LiveOverview(ProjectContext context)
{
    private const int RunsShown = 20;

    public async Task<Outcome<OverviewView>> ReadAsync(CancellationToken cancellationToken)
    {
        ControlReply? reply = await ControlClient.AskAsync(context.StateFolder, new ControlRequest("overview", null, null, null, 0), cancellationToken);
        if (reply?.Overview is { } view)
        {
            return view;
        }

        return reply is { Error: { } error }
            ? new Refusal((ExitCode)reply.ExitCode, error, reply.Cure)
            : await RecordedAsync(cancellationToken);
    }

    /// <summary>Nobody works here, so only the journal can tell.</summary>
    private async Task<Outcome<OverviewView>> RecordedAsync(CancellationToken cancellationToken)
    {
        if (!(await new JournalQueries(context).RunsAsync(RunsShown, cancellationToken)).TryGet(out IReadOnlyList<RunView>? runs, out Refusal? refusal))
        {
            return refusal;
        }

        return new OverviewView(
            context.Time.GetUtcNow(),
            "idle",
            null,
            null,
            new ConcurrencyView(0, null),
            null,
            null,
            new TaskCountsView(0, 0, 0, 0, 0, 0, 0, 0, 0, 0),
            [],
            [],
            [],
            [.. runs.Select(static run => new RunProgressView(run.Run, run.Name, run.State, run.Counts, null))]);
    }
}
