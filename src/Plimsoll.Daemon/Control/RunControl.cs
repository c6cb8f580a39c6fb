using Plimsoll.Daemon.Hosting;
using Plimsoll.Daemon.Overviews;
using Plimsoll.Daemon.Requests;

namespace Plimsoll.Daemon.Control;

/// <summary>Control requests on the one run of this process.</summary>
internal sealed class RunControl(RunHost host) : IControlActions
{
    public async Task<ControlReply> AnswerAsync(ControlRequest request, CancellationToken cancellationToken)
    {
        if (request.Run is { } run && run != host.Run.Value)
        {
            return ControlReply.Refuse(ExitCode.Busy, $"run {host.Run} is live here, so run {run} cannot be changed now", "Wait for it to end, or stop it.");
        }

        try
        {
            if (request.Verb == "overview")
            {
                string status = host.Watch.Stopping ? "stopping" : host.JournalTrouble is null ? "ok" : "degraded";
                return await host.Calls.AskAsync((kernel, now) => ControlReply.Of(OverviewReader.Of(kernel, now, status, host.JournalTrouble, host.Memory.Latest))).WaitAsync(cancellationToken);
            }

            return await host.Calls.AskAsync((kernel, now) => new ControlActions(host.Inputs, kernel, host.Registry[host.Run], now) { Trouble = host.JournalTrouble }.Answer(request)).WaitAsync(cancellationToken);
        }
        catch (TaskCanceledException)
        {
            return ControlReply.Refuse(ExitCode.Busy, $"run {host.Run} is just ending", "Ask again.");
        }
    }
}
