using Plimsoll.Client.Runs;
using Plimsoll.Core.Capacity;
using Plimsoll.Core.Facts;
using Plimsoll.Core.Ports;
using Plimsoll.Daemon.Control;
using Plimsoll.Daemon.Hosting;
using Plimsoll.Daemon.Requests;

namespace Plimsoll.Daemon.Projects;

/// <summary>Tells and changes the limits of a run: through the live Plimsoll, or as the journal has them.</summary>
internal sealed class RunLimits(ProjectContext context)
{
    public async Task<Outcome<LimitsView>> AnswerAsync(int? run, LimitsRequest change, CancellationToken cancellationToken)
    {
        var request = new ControlRequest("limits", run, null, null, 0, change);
        ControlReply? reply = await ControlClient.AskAsync(context.StateFolder, request, cancellationToken);
        if (reply?.Limits is { } view)
        {
            return view;
        }

        if (reply is not null && !change.IsEmpty)
        {
            return new Refusal((ExitCode)reply.ExitCode, reply.Error ?? "the live run gave no answer", reply.Cure);
        }

        return change.IsEmpty
            ? await RecordedAsync(run, cancellationToken)
            : new Refusal(ExitCode.Invalid, "no run is live here, so there is nothing to change", "Give `plimsoll run` or `plimsoll resume` the limit: -j N.");
    }

    private async Task<Outcome<LimitsView>> RecordedAsync(int? number, CancellationToken cancellationToken)
    {
        await using ProjectReader? opened = await ProjectState.TryReadAsync(context, cancellationToken);
        var address = new TaskAddress(number, null);
        if (!(await RunRecords.FindAsync(opened?.Journal, address, cancellationToken)).TryGet(out RunRecord? run, out Refusal? refusal))
        {
            return refusal;
        }

        KernelLimits limits = Limits.For(context.Configuration, null, null);
        await foreach (Fact fact in opened!.Journal.FactsAsync(run.Run, cancellationToken))
        {
            limits = fact is LimitsChanged changed ? changed.Limits : limits;
        }

        return Limits.View(limits, run.Run, live: false);
    }
}
