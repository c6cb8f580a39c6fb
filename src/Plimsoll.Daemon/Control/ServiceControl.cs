using Plimsoll.Core.Identity;
using Plimsoll.Daemon.Hosting;
using Plimsoll.Daemon.Overviews;
using Plimsoll.Daemon.Requests;
using Plimsoll.Daemon.Serving;

namespace Plimsoll.Daemon.Control;

/// <summary>Control requests on the runs of a service: its verbs in the same folder need neither address nor token.</summary>
internal sealed class ServiceControl(ServiceHost service) : IControlActions
{
    private static readonly ControlReply Ending = ControlReply.Refuse(ExitCode.Busy, "the service is just ending", "Ask again.");

    public async Task<ControlReply> AnswerAsync(ControlRequest request, CancellationToken cancellationToken)
    {
        if (request is { Verb: "cancel", Task: null } && await IsInboxAsync(request.Run, cancellationToken))
        {
            return ControlReply.Refuse(ExitCode.Invalid, "the inbox takes the tasks of everybody and is not cancelled as a whole", "Name the task: `plimsoll cancel RUN/TASK`.");
        }

        try
        {
            if (request.Verb == "overview")
            {
                return ControlReply.Of(await OverviewFeed.ReadAsync(service).WaitAsync(cancellationToken));
            }

            if (request is { Run: { } number, Verb: not "run" } && !await service.Shelf.RestoreAsync(new RunId(number), cancellationToken))
            {
                return ControlReply.Refuse(ExitCode.Invalid, $"there is no run {number} here", "`plimsoll status` lists the runs.");
            }

            return await service.Loop.Calls.AskAsync((kernel, now) => Newest(request.Run) is { } tasks
                ? new ControlActions(service.Loop.Inputs, kernel, tasks, now) { Trouble = service.Loop.JournalTrouble, LiveRuns = Live() }.Answer(request)
                : ControlReply.Refuse(ExitCode.Invalid, "the service has no run yet", "Submit a task first.")).WaitAsync(cancellationToken);
        }
        catch (TaskCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return Ending;
        }
    }

    private Task<bool> IsInboxAsync(int? run, CancellationToken cancellationToken) =>
        service.Loop.Calls.AskAsync((_, _) => Newest(run)?.IsInbox == true).WaitAsync(cancellationToken);

    /// <summary>The run that is meant; without a number the newest with work left, or the newest.</summary>
    private RunTasks? Newest(int? run) => run is { } number
        ? service.Loop.Registry.Find(new RunId(number))
        : service.Loop.Registry.All.OrderByDescending(static tasks => tasks.HasWork).ThenByDescending(static tasks => tasks.Run.Value).FirstOrDefault();

    private int[] Live() => [.. service.Loop.Registry.All.Where(static tasks => tasks.HasWork || tasks.IsInbox).Select(static tasks => tasks.Run.Value)];
}
