using System.Text.Json;
using Plimsoll.Client.Runs;
using Plimsoll.Client.Services;
using Plimsoll.Core.Identity;
using Plimsoll.Core.Ports;
using Plimsoll.Daemon.Access;
using Plimsoll.Daemon.Projects;
using Plimsoll.Daemon.Serving;

namespace Plimsoll.Daemon.Resources;

/// <summary>Tells everything about one task: from the journal what happened, from the kernel why it waits.</summary>
internal sealed class TaskDetails(ServiceHost service)
{
    /// <returns>Null when there is no task that the caller may see.</returns>
    public async Task<TaskDetailView?> FindAsync(Caller caller, TaskId id, CancellationToken cancellationToken)
    {
        if (await new TaskPages(service).FindAsync(caller, id, cancellationToken) is not { } task)
        {
            return null;
        }

        IJournalReader reader = service.Loop.State.Reader;
        IReadOnlyList<AttemptRecord> attempts = await reader.AttemptsAsync(id, cancellationToken);
        IReadOnlyDictionary<string, string> outputs = await reader.OutputsAsync(id, cancellationToken);
        Living? living = await service.Loop.Calls.AskAsync((kernel, now) => service.Loop.Registry.Find(id.Run) is { } tasks && id.Ordinal < tasks.Count
            ? new Living(
                Explanations.Of(kernel, tasks, id.Ordinal, 1, now)[0],
                tasks.TemplateOf(id.Ordinal),
                tasks.BindingOf(id.Ordinal),
                tasks.IsProcess(id.Ordinal) ? tasks.Describe(id.Ordinal) : null)
            : null);
        TaskView view = JournalQueries.View(task);
        return new TaskDetailView(
            id.ToString(),
            living is null || task.State >= Core.Lifecycle.TaskState.Succeeded ? view : view with { State = living.Explanation.State },
            living?.Template,
            living?.Binding is { } binding ? JsonDocument.Parse(binding).RootElement.Clone() : null,
            living?.Executes,
            service.Lineage.ParentOf(id)?.ToString(),
            Reasons(living, task),
            [.. attempts.Select(attempt => JournalQueries.View(task, SoFar(attempt), service.Loop.State.Layout))],
            outputs);
    }

    /// <summary>Of a live attempt the journal knows no memory yet; the probe does.</summary>
    private AttemptRecord SoFar(AttemptRecord attempt) => attempt.EndedAt is null && service.Loop.Executors.FootprintOf(attempt.Attempt) is { } held
        ? attempt with { Footprint = held, PeakResident = held.Peak }
        : attempt;

    /// <summary>Nothing holds a task that has ended, so the reason of its end is its explanation.</summary>
    private IReadOnlyList<ReasonView> Reasons(Living? living, TaskRecord task)
    {
        IReadOnlyList<ReasonView> reasons = living?.Explanation.Reasons is { Count: > 0 } found ? found
            : task.Reason is { } end ? [new ReasonView("ended", end, null, null, null)]
            : [];
        return service.Loop.JournalTrouble is { } trouble
            ? [new ReasonView("journal", $"nothing starts and no end is recorded: {trouble}", null, null, "the journal being written again"), .. reasons]
            : reasons;
    }

    /// <summary>What is in memory of a task.</summary>
    private sealed record Living(ExplanationView Explanation, string? Template, string? Binding, string? Executes);
}
