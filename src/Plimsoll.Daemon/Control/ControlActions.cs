using Plimsoll.Client.Runs;
using Plimsoll.Core;
using Plimsoll.Core.Capacity;
using Plimsoll.Core.Identity;
using Plimsoll.Core.Inputs;
using Plimsoll.Core.Lifecycle;
using Plimsoll.Core.Ports;
using Plimsoll.Daemon.Hosting;
using Plimsoll.Daemon.Projects;
using Plimsoll.Daemon.Requests;

namespace Plimsoll.Daemon.Control;

/// <summary>Carries out a control request on one live run, on the loop's thread, between two turns.</summary>
internal readonly struct ControlActions(IInputSink inputs, Kernel kernel, RunTasks tasks, DateTimeOffset now)
{
    /// <summary>Why the journal cannot be written; null while it can.</summary>
    public string? Trouble { get; init; }

    /// <summary>Every run that is live here; null = the one run alone, and limits are chosen for it.</summary>
    public IReadOnlyList<int>? LiveRuns { get; init; }

    public ControlReply Answer(ControlRequest request)
    {
        int? ordinal = request.Task is { } name ? tasks.OrdinalOf(name) : null;
        if (request.Task is not null && ordinal is null)
        {
            return ControlReply.Refuse(ExitCode.Invalid, $"run {tasks.Run} has no task {request.Task}", "`plimsoll status` lists its tasks.");
        }

        switch (request.Verb)
        {
            case "cancel":
                inputs.Post(ordinal is { } one
                    ? new CancelTask(new TaskId(tasks.Run, one), request.Reason ?? "cancelled by the user")
                    : new CancelRun(tasks.Run, request.Reason ?? "cancelled by the user"));
                return Changed("cancel", ordinal is { } cancelled && tasks.StateOf(cancelled) < TaskState.Succeeded ? [request.Task!] : []);
            case "retry":
                return Retry(ordinal);
            case "limits":
                return Limit(request.Limits);
            case "run":
                return Changed("run", []) with { LiveRuns = LiveRuns };
            case "explain":
                return new ControlReply(0, null, null, null, [.. Explanations.Of(kernel, tasks, ordinal, request.Limit, now).Select(WithTrouble)]);
            default:
                return ControlReply.Refuse(ExitCode.Invalid, $"this version does not know the request {request.Verb}", "Use the same version of plimsoll on both sides.");
        }
    }

    private ControlReply Limit(LimitsRequest? change)
    {
        KernelLimits limits = kernel.Limits;
        if (change is { IsEmpty: false })
        {
            limits = Limits.Changed(limits, change);
            inputs.Post(new SetLimits(limits, LiveRuns is null ? tasks.Run : null));
        }

        return new ControlReply(0, null, null, null, null, Limits.View(limits, tasks.Run, live: true));
    }

    /// <summary>While the journal cannot be written nothing else decides.</summary>
    private ExplanationView WithTrouble(ExplanationView view) => Trouble is { } trouble
        ? view with { Reasons = [new ReasonView("journal", $"nothing starts and no end is recorded: {trouble}", null, null, "the journal being written again"), .. view.Reasons] }
        : view;

    private ControlReply Retry(int? ordinal)
    {
        int[] chosen = ordinal is not { } one ? tasks.EndedBadly() : tasks.StateOf(one) > TaskState.Succeeded ? [one] : [];
        foreach (int task in chosen)
        {
            inputs.Post(new RetryTask(new TaskId(tasks.Run, task)));
        }

        return Changed("retry", [.. chosen.Select(tasks.NameOf)]);
    }

    private ControlReply Changed(string verb, IReadOnlyList<string> names) =>
        new(0, null, null, new ChangeView(verb, tasks.Run.Value, names, Live: true), null);
}
