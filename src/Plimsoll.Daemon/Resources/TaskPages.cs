using System.Collections.Immutable;
using Plimsoll.Core.Identity;
using Plimsoll.Core.Lifecycle;
using Plimsoll.Core.Ports;
using Plimsoll.Daemon.Access;
using Plimsoll.Daemon.Serving;
using Plimsoll.Daemon.Serving.Submitting;

namespace Plimsoll.Daemon.Resources;

/// <summary>Lists tasks over all runs, newest run first, in order of their number within a run; a page costs what it holds, not what there is.</summary>
internal sealed class TaskPages(ServiceHost service)
{
    /// <summary>Runs looked at for one page; a page of a rare filter may be empty and still have a next one.</summary>
    private const int RunsPerPage = 200;

    /// <summary>Numbers of runs that were cleaned away are passed over this far.</summary>
    private const int NumbersPerPage = 20_000;

    /// <summary>The tasks, and after which of them the next page begins; null = there are no more.</summary>
    public async Task<(IReadOnlyList<TaskRecord> Tasks, TaskId? Next)> ReadAsync(Caller caller, TaskSelection selection, CancellationToken cancellationToken)
    {
        var found = new List<TaskRecord>();
        TaskId? after = selection.After;
        int looked = 0;
        await foreach (RunId run in RunsAsync(caller, selection, cancellationToken))
        {
            TaskId? from = after is { } cursor && cursor.Run == run ? cursor : null;
            TaskId? last = await AddAsync(found, caller, run, from, selection, cancellationToken);
            if (last is not null)
            {
                return (found, last);
            }

            if (++looked == RunsPerPage)
            {
                return (found, selection.Run is null ? new TaskId(run, int.MaxValue) : null);
            }
        }

        return (found, null);
    }

    /// <summary>One task; null when there is none that the caller may see.</summary>
    public async Task<TaskRecord?> FindAsync(Caller caller, TaskId task, CancellationToken cancellationToken) =>
        service.Lineage.Reaches(caller, task)
        && await service.Loop.State.Reader.TasksAsync(new TaskQuery(task.Run, [], null, new TaskId(task.Value - 1), 1), cancellationToken) is [var record]
        && record.Task == task ? record : null;

    /// <summary>Adds what fits; gives the last one when there may be more in this run.</summary>
    private async Task<TaskId?> AddAsync(List<TaskRecord> found, Caller caller, RunId run, TaskId? after, TaskSelection selection, CancellationToken cancellationToken)
    {
        bool filtered = selection.Template is not null || caller.Attempt is not null;
        TemplateNames templates = new(service, run);
        while (true)
        {
            int wanted = filtered ? selection.Limit : selection.Limit - found.Count;
            var query = new TaskQuery(run, selection.States, selection.Name, after, wanted) { Class = selection.Class, NamePart = selection.Text };
            IReadOnlyList<TaskRecord> page = await service.Loop.State.Reader.TasksAsync(query, cancellationToken);
            foreach (TaskRecord task in page)
            {
                if (service.Lineage.Reaches(caller, task.Task)
                    && (selection.Template is null || await templates.OfAsync(task.Task.Ordinal, cancellationToken) == selection.Template))
                {
                    found.Add(task);
                }

                if (found.Count == selection.Limit)
                {
                    return task.Task;
                }
            }

            if (page.Count < wanted)
            {
                return null;
            }

            after = page[^1].Task;
        }
    }

    private async IAsyncEnumerable<RunId> RunsAsync(
        Caller caller, TaskSelection selection, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (selection.Run is { } only)
        {
            yield return only;
            yield break;
        }

        int newest = selection.After?.Run.Value
            ?? (await service.Loop.State.Reader.RunsAsync(1, cancellationToken) is [var record] ? record.Run.Value : 0);
        if (caller.Attempt is not null)
        {
            foreach (RunId run in service.Lineage.RunsOf(caller).Where(run => run.Value <= newest))
            {
                yield return run;
            }

            yield break;
        }

        for (int number = newest; number > 0 && number > newest - NumbersPerPage; number--)
        {
            if (await service.Loop.State.Reader.RunAsync(new RunId(number), cancellationToken) is { } run && HasAny(run, selection.States))
            {
                yield return run.Run;
            }
        }
    }

    private static bool HasAny(RunRecord run, ImmutableArray<TaskState> states) => states.IsEmpty ? run.Counts.Any(static count => count > 0) : states.Any(state => run.Counts[(int)state] > 0);
}
