using Plimsoll.Core;
using Plimsoll.Core.Identity;
using Plimsoll.Core.Lifecycle;
using Plimsoll.Core.Ports;
using Plimsoll.Daemon.Hosting;
using Plimsoll.Engine.Processes;

namespace Plimsoll.Daemon.Projects;

/// <summary>What is left of attempts whose end the journal does not know: found, ended with their whole trees, and told how they ended.</summary>
internal static class Leftovers
{
    public static async Task<IReadOnlyDictionary<AttemptId, ExitReport>> EndAsync(
        Kernel kernel, RunTasks tasks, ProjectState state, ProjectContext context, CancellationToken cancellationToken)
    {
        var traces = new List<AttemptTrace>();
        foreach (AttemptId attempt in kernel.LiveAttempts())
        {
            IReadOnlyList<AttemptRecord> records = await state.Reader.AttemptsAsync(attempt.Task, cancellationToken);
            ProcessIdentity? process = records.LastOrDefault(record => record.Attempt == attempt)?.Process;
            traces.Add(new AttemptTrace(attempt, process, state.Layout.Files(attempt))
            {
                DeclaredOutputs = tasks.DeclaredOutputs(attempt.Task.Ordinal),
            });
        }

        return new Survivors(state.Journal.Id, context.Time).EndAll(traces, context.Configuration.StopGrace);
    }
}
