using Plimsoll.Client.Runs;
using Plimsoll.Core;
using Plimsoll.Core.Capacity;
using Plimsoll.Core.Identity;
using Plimsoll.Core.Inputs;
using Plimsoll.Core.Lifecycle;
using Plimsoll.Daemon.Hosting;
using Plimsoll.Daemon.Projects;
using Plimsoll.Daemon.Requests;

namespace Plimsoll.Daemon.Control;

/// <summary>Carries out control requests on the live run, between two turns of its loop.</summary>
internal sealed class ControlActions(RunHost host)
{
    public async Task<ControlReply> AnswerAsync(ControlRequest request, CancellationToken cancellationToken)
    {
        if (request.Run is { } run && run != host.Run.Value)
        {
            return Refuse(ExitCode.Busy, $"run {host.Run} is live here, so run {run} cannot be changed now", "Wait for it to end, or stop it.");
        }

        try
        {
            return await host.Calls.AskAsync((kernel, now) => Answer(request, kernel, now)).WaitAsync(cancellationToken);
        }
        catch (TaskCanceledException)
        {
            return Refuse(ExitCode.Busy, $"run {host.Run} is just ending", "Ask again.");
        }
    }

    private ControlReply Answer(ControlRequest request, Kernel kernel, DateTimeOffset now)
    {
        RunTasks tasks = host.Registry[host.Run];
        int? ordinal = request.Task is { } name ? tasks.OrdinalOf(name) : null;
        if (request.Task is not null && ordinal is null)
        {
            return Refuse(ExitCode.Invalid, $"run {host.Run} has no task {request.Task}", "`plimsoll status` lists its tasks.");
        }

        switch (request.Verb)
        {
            case "cancel":
                host.Inputs.Post(ordinal is { } one
                    ? new CancelTask(new TaskId(host.Run, one), request.Reason ?? "cancelled by the user")
                    : new CancelRun(host.Run, request.Reason ?? "cancelled by the user"));
                return Changed("cancel", ordinal is { } cancelled && tasks.StateOf(cancelled) < TaskState.Succeeded ? [request.Task!] : []);
            case "retry":
                return Retry(tasks, ordinal);
            case "limits":
                return Limit(kernel, request.Limits);
            case "run":
                return Changed("run", []);
            case "explain":
                return new ControlReply(0, null, null, null, [.. Explanations.Of(kernel, tasks, ordinal, request.Limit, now).Select(WithTrouble)]);
            default:
                return Refuse(ExitCode.Invalid, $"this version does not know the request {request.Verb}", "Use the same version of plimsoll on both sides.");
        }
    }

    private ControlReply Limit(Kernel kernel, LimitsRequest? change)
    {
        KernelLimits limits = kernel.Limits;
        if (change is { IsEmpty: false })
        {
            limits = Limits.Changed(limits, change);
            host.Inputs.Post(new SetLimits(limits, host.Run));
        }

        return new ControlReply(0, null, null, null, null, Limits.View(limits, host.Run, live: true));
    }

    /// <summary>While the journal cannot be written nothing else decides.</summary>
    private ExplanationView WithTrouble(ExplanationView view) => host.JournalTrouble is { } trouble
        ? view with { Reasons = [new ReasonView("journal", $"nothing starts and no end is recorded: {trouble}", null, null, "the journal being written again"), .. view.Reasons] }
        : view;

    private ControlReply Retry(RunTasks tasks, int? ordinal)
    {
        int[] chosen = ordinal is not { } one ? tasks.EndedBadly() : tasks.StateOf(one) > TaskState.Succeeded ? [one] : [];
        foreach (int task in chosen)
        {
            host.Inputs.Post(new RetryTask(new TaskId(host.Run, task)));
        }

        return Changed("retry", [.. chosen.Select(tasks.NameOf)]);
    }

    private ControlReply Changed(string verb, IReadOnlyList<string> tasks) =>
        new(0, null, null, new ChangeView(verb, host.Run.Value, tasks, Live: true), null);

    private static ControlReply Refuse(ExitCode code, string error, string cure) => new((int)code, error, cure, null, null);
}
