using Plimsoll.Core.Effects;
using Plimsoll.Core.Identity;
using Plimsoll.Core.Inputs;
using Plimsoll.Core.Lifecycle;
using Plimsoll.Core.Ports;
using Plimsoll.Daemon.Gateways;
using Plimsoll.Daemon.Leases;
using Plimsoll.Engine.InProcess;
using Plimsoll.Engine.Processes;
using Plimsoll.Plans.Rendering;

namespace Plimsoll.Daemon.Hosting;

/// <summary>Turns a decided start into what is executed: renders the task and hands it to in-process work, a worktree, or a process.</summary>
/// <remarks>Called by the loop's thread only; rendering is the last moment at which a wrong value can stop a task.</remarks>
internal sealed class AttemptDispatcher(
    TaskRegistry registry,
    LaunchBuilder launches,
    NoopExecutor noops,
    ProcessExecutor processes,
    WorkspaceQueue workspaces) : IAttemptExecutor
{
    /// <summary>Where refusals to start are reported.</summary>
    public required IInputSink Inputs { get; init; }

    /// <summary>Carries out model calls; null when the run hosts no gateway.</summary>
    public ModelCallExecutor? Calls { get; init; }

    /// <summary>Gives attempts their keys; null when the run hosts no gateway.</summary>
    public AttemptCallers? Gateway { get; init; }

    /// <summary>Knows the leases; null outside a service.</summary>
    public LeaseBook? Leases { get; init; }

    public void Start(StartAttempt effect)
    {
        AttemptId attempt = effect.Attempt;
        RunTasks tasks = registry[attempt.Task.Run];
        if (tasks.ShapeOf(attempt.Task.Ordinal).Lease is not null)
        {
            // It is held by being alive; nothing is executed.
            if (Leases is null)
            {
                Refuse(attempt, "leases are granted by `plimsoll serve` alone");
            }

            return;
        }

        RenderResult rendered = tasks.Render(attempt.Task.Ordinal);
        if (rendered.Task is not { } task)
        {
            Refuse(attempt, rendered.Error!);
            return;
        }

        if (task.Duration is { } duration)
        {
            noops.Start(attempt, duration);
            return;
        }

        if (task.Gateway is not null && Gateway is null)
        {
            Refuse(attempt, "its model calls go through the gateway, and this run has none; end it and run the plan anew");
            return;
        }

        if (task.Call is not null)
        {
            Call(attempt, tasks, task);
            return;
        }

        LaunchResult launch = Build(effect, tasks, task);
        if (launch.Launch is null)
        {
            Refuse(attempt, launch.Error!);
        }
        else if (task.Workspace == WorkspaceKind.Worktree)
        {
            workspaces.Start(launch.Launch, tasks);
        }
        else if (launch.Launch.Mode == StartMode.Direct)
        {
            processes.StartHere(launch.Launch);
        }
        else
        {
            processes.Start(launch.Launch);
        }
    }

    public void Kill(KillAttempt effect)
    {
        // Whoever does not know the attempt ignores the call.
        noops.Kill(effect.Attempt);
        Leases?.Kill(effect);
        workspaces.Cancel(effect.Attempt);
        Calls?.Kill(effect.Attempt);
        processes.Kill(effect.Attempt, effect.Grace, effect.Reason);
    }

    private LaunchResult Build(StartAttempt effect, RunTasks tasks, RenderedTask task)
    {
        try
        {
            return launches.Build(effect.Attempt, tasks, task, effect.Brief, Gateway);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return new LaunchResult(null, $"the folder for its output cannot be made: {error.Message}");
        }
    }

    private void Call(AttemptId attempt, RunTasks tasks, RenderedTask task)
    {
        try
        {
            Calls!.Start(Gateway!.Call(attempt, tasks, task), task, launches.Files(attempt));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            Refuse(attempt, $"the folder for its output cannot be made: {error.Message}");
        }
    }

    private void Refuse(AttemptId attempt, string error) => Inputs.Post(new AttemptEnded(attempt, ExitReport.NotStarted(error)));
}
