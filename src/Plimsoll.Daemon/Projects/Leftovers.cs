using Plimsoll.Core;
using Plimsoll.Core.Identity;
using Plimsoll.Core.Lifecycle;
using Plimsoll.Core.Ports;
using Plimsoll.Daemon.Hosting;
using Plimsoll.Engine.Isolation;
using Plimsoll.Engine.Processes;

namespace Plimsoll.Daemon.Projects;

/// <summary>Attempts whose end the journal does not know: what is known of them, so that they are taken over or ended.</summary>
internal static class Leftovers
{
    /// <summary>Ends what is left of a run.</summary>
    public static async Task<IReadOnlyDictionary<AttemptId, ExitReport>> EndAsync(
        Kernel kernel, TaskRegistry registry, ProjectState state, ProjectContext context, CancellationToken cancellationToken) =>
        new Survivors(state.Journal.Id, context.Time).EndAll(await TracesAsync(kernel, registry, state, context, cancellationToken), context.Configuration.StopGrace);

    /// <summary>What is known of the attempts whose end is not recorded.</summary>
    public static async Task<IReadOnlyList<AttemptTrace>> TracesAsync(
        Kernel kernel, TaskRegistry registry, ProjectState state, ProjectContext context, CancellationToken cancellationToken)
    {
        var traces = new List<AttemptTrace>();
        foreach (AttemptId attempt in kernel.LiveAttempts())
        {
            IReadOnlyList<AttemptRecord> records = await state.Reader.AttemptsAsync(attempt.Task, cancellationToken);
            ProcessIdentity? process = records.LastOrDefault(record => record.Attempt == attempt)?.Process;
            RunTasks tasks = registry[attempt.Task.Run];
            int ordinal = attempt.Task.Ordinal;
            traces.Add(new AttemptTrace(attempt, process, state.Layout.Files(attempt))
            {
                DeclaredOutputs = tasks.DeclaredOutputs(ordinal),
                Limits = tasks.Render(ordinal).Task is { IsNoop: false } task ? LaunchBuilder.LimitsOf(task, tasks, ordinal) : TaskLimits.None,
                Grace = context.Configuration.StopGrace,
            });
        }

        return traces;
    }
}
