using System.Globalization;
using System.Text.Json;
using Plimsoll.Client.Http;
using Plimsoll.Client.Runs;
using Plimsoll.Client.Services;
using Plimsoll.Daemon.Requests;

namespace Plimsoll.Daemon.Links;

/// <summary>Runs and tasks of a service elsewhere, addressed as people do: by run and name.</summary>
public sealed class ServiceDesk : IWorkDesk, IDisposable
{
    /// <summary>The most a service gives at once.</summary>
    private const int Page = 1000;

    /// <summary>A page of a rare filter may be empty and have a next one: so many are looked at.</summary>
    private const int MostPages = 10_000;

    /// <summary>Tasks that one wait takes.</summary>
    public const int MostWaits = 1000;

    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(50);

    private readonly ServiceClient service;

    internal ServiceDesk(ServiceClient service, bool isLocal)
    {
        this.service = service;
        IsLocal = isLocal;
    }

    /// <summary>True when the service works on this machine, so that it sees the same files.</summary>
    public bool IsLocal { get; }

    public async Task<Outcome<IReadOnlyList<RunView>>> RunsAsync(int limit, CancellationToken cancellationToken) =>
        (await service.Runs.ListAsync(Math.Clamp(limit, 1, Page), cancellationToken)).TryGet(out RunListView? list, out ProblemView? problem)
            ? list.Runs.ToArray()
            : problem.ToRefusal();

    public async Task<Outcome<IReadOnlyList<TaskView>>> TasksAsync(TaskFilter filter, CancellationToken cancellationToken)
    {
        if (!(await RunOfAsync(filter.Address, cancellationToken)).TryGet(out int? run, out Refusal? refusal))
        {
            return refusal;
        }

        var found = new List<TaskView>();
        string? after = null;
        for (int page = 0; page < MostPages && found.Count < filter.Limit; page++)
        {
            var query = new TaskListQuery(run, filter.States, filter.Address.Task, After: after, Limit: Math.Clamp(filter.Limit - found.Count, 1, Page));
            if (!(await service.Tasks.ListAsync(query, cancellationToken)).TryGet(out TaskPageView? tasks, out ProblemView? problem))
            {
                return problem.ToRefusal();
            }

            found.AddRange(filter.Address.Run is null && filter.Address.Task is not null ? tasks.Tasks.Take(1) : tasks.Tasks);
            after = tasks.Next;
            if (after is null || (run is null && found.Count > 0))
            {
                break;
            }
        }

        return found.Count > 0 ? found
            : filter.Address.Run is { } given && await MissingAsync(given, cancellationToken) is { } missing ? missing
            : filter.Address.Task is null ? found : NoTask(filter.Address);
    }

    public async Task<Outcome<IReadOnlyList<AttemptView>>> AttemptsAsync(TaskAddress address, CancellationToken cancellationToken)
    {
        if (!(await TasksAsync(new TaskFilter(address, [], int.MaxValue), cancellationToken)).TryGet(out IReadOnlyList<TaskView>? tasks, out Refusal? refusal))
        {
            return refusal;
        }

        var attempts = new List<AttemptView>();
        foreach (TaskView task in tasks.Where(static task => task.Attempts > 0))
        {
            if (!(await service.Tasks.GetAsync(IdOf(task), cancellationToken)).TryGet(out TaskDetailView? detail, out ProblemView? problem))
            {
                return problem.ToRefusal();
            }

            attempts.AddRange(address.Task is null ? detail.Attempts.TakeLast(1) : detail.Attempts);
        }

        return attempts;
    }

    public async Task<Outcome<IReadOnlyList<ExplanationView>>> ExplainAsync(TaskAddress address, int limit, CancellationToken cancellationToken)
    {
        if (address.Task is null)
        {
            return !(await RunOfAsync(address, cancellationToken)).TryGet(out int? run, out Refusal? unknown) ? unknown
                : run is null ? new Refusal(ExitCode.Invalid, "the service has no run yet", "Submit a task first.")
                : (await service.Runs.ExplainAsync(run.Value, Math.Clamp(limit, 1, Page), cancellationToken)).TryGet(out ExplanationListView? list, out ProblemView? refused)
                    ? list.Tasks.ToArray()
                    : refused.ToRefusal();
        }

        if (!(await FindAsync(address, cancellationToken)).TryGet(out TaskView? task, out Refusal? refusal))
        {
            return refusal;
        }

        return (await service.Tasks.GetAsync(IdOf(task), cancellationToken)).TryGet(out TaskDetailView? detail, out ProblemView? problem)
            ? new[] { new ExplanationView(detail.Task.Run, detail.Task.Name, detail.Task.State, detail.Reasons, detail.Attempts) }
            : problem.ToRefusal();
    }

    public Task<Outcome<ChangeView>> CancelAsync(TaskAddress address, string reason, CancellationToken cancellationToken) =>
        ChangeAsync(address, run => service.Runs.CancelAsync(run, reason, cancellationToken), task => service.Tasks.CancelAsync(task, reason, cancellationToken), cancellationToken);

    public Task<Outcome<ChangeView>> RetryAsync(TaskAddress address, CancellationToken cancellationToken) =>
        ChangeAsync(address, run => service.Runs.RetryAsync(run, cancellationToken), task => service.Tasks.RetryAsync(task, cancellationToken), cancellationToken);

    public async Task<Outcome<IReadOnlyList<DeadView>>> DeadAsync(TaskAddress address, CancellationToken cancellationToken)
    {
        var found = new List<DeadView>();
        string? after = null;
        for (int page = 0; page < MostPages; page++)
        {
            var query = new TaskListQuery(address.Run, Name: address.Task, After: after, Limit: Page);
            if (!(await service.DeadAsync(query, cancellationToken)).TryGet(out DeadPageView? letters, out ProblemView? problem))
            {
                return problem.ToRefusal();
            }

            found.AddRange(letters.Letters);
            after = letters.Next;
            if (after is null)
            {
                break;
            }
        }

        return found.Count == 0 && address.Run is { } given && await MissingAsync(given, cancellationToken) is { } missing ? missing : found;
    }

    public async Task<Outcome<PurgeView>> PurgeAsync(TaskAddress address, bool dryRun, CancellationToken cancellationToken)
    {
        if (!(await DeadAsync(address, cancellationToken)).TryGet(out IReadOnlyList<DeadView>? letters, out Refusal? refusal))
        {
            return refusal;
        }

        // A name alone means the newest task of that name, for every verb that changes something.
        var names = letters.ToDictionary(static letter => letter.Id!, static letter => $"{letter.Run}/{letter.Task}");
        int? run = address.Run ?? (address.Task is not null && letters is [var newest, ..] ? newest.Run : null);
        var purged = new PurgeView(dryRun, [], 0, 0);
        string? after = null;
        for (bool more = letters.Count > 0; more;)
        {
            var query = new TaskListQuery(run, Name: address.Task, After: after, Limit: Page);
            if (!(await service.PurgeAsync(query, dryRun, cancellationToken)).TryGet(out DeadChangeView? change, out ProblemView? problem))
            {
                return problem.ToRefusal();
            }

            purged = new PurgeView(
                dryRun, [.. purged.Tasks, .. change.Tasks.Select(id => names.GetValueOrDefault(id, id))], purged.Files + (change.Files ?? 0), purged.FreedBytes + (change.FreedBytes ?? 0));
            (after, more) = (change.Next, change is { More: true, Next: not null });
        }

        return purged;
    }

    public async Task<Outcome<LimitsView>> LimitsAsync(int? run, LimitsRequest change, CancellationToken cancellationToken)
    {
        if (change.IsEmpty)
        {
            return (await service.LimitsAsync(cancellationToken)).ToOutcome();
        }

        JsonElement? most = change.MaxConcurrent is { } limit ? JsonElement.Parse(limit.Count is { } number ? number.ToString(CultureInfo.InvariantCulture) : "\"auto\"") : null;
        return (await service.ChangeLimitsAsync(new LimitsChangeView(most, change.MemoryReserveBytes, change.Locks.Count > 0 ? change.Locks : null, null), cancellationToken)).ToOutcome();
    }

    /// <summary>Begins to read what a task wrote; the caller disposes the answer.</summary>
    public async Task<Outcome<HttpResponseMessage>> OpenLogAsync(TaskView task, LogQuery query, CancellationToken cancellationToken) =>
        (await service.Tasks.OpenLogAsync(IdOf(task), query, cancellationToken)).ToOutcome();

    /// <summary>Submits tasks; all are accepted, or none.</summary>
    public async Task<Outcome<SubmittedListView>> SubmitAsync(IReadOnlyList<TaskSubmission> tasks, CancellationToken cancellationToken) =>
        (await service.Tasks.SubmitAsync(tasks, cancellationToken)).ToOutcome();

    /// <summary>Submits a plan.</summary>
    public async Task<Outcome<SubmittedRunView>> SubmitAsync(PlanSubmissionView plan, string? key, CancellationToken cancellationToken) =>
        (await service.Runs.SubmitAsync(plan, key, cancellationToken)).ToOutcome();

    /// <summary>Waits until all of these tasks (<c>12.345</c>) and runs (<c>12</c>) have ended, as long as it takes.</summary>
    /// <param name="lost">Told once when the service does not answer; it is asked until it does.</param>
    public async Task<Outcome<WaitView>> WaitAsync(IReadOnlyList<string> ids, Action<string> lost, TimeProvider time, CancellationToken cancellationToken)
    {
        bool told = false;
        while (true)
        {
            if ((await service.WaitAsync(ids, Longest, cancellationToken)).TryGet(out WaitView? view, out ProblemView? problem))
            {
                told = false;
                if (view.Done)
                {
                    return view;
                }
            }
            else if (problem.Status is not (0 or 502 or 503))
            {
                return problem.ToRefusal();
            }
            else
            {
                if (!told)
                {
                    lost($"{problem.Title}; what was accepted is kept, asking again until it answers");
                    told = true;
                }

                await Task.Delay(TimeSpan.FromSeconds(1), time, cancellationToken);
            }
        }
    }

    /// <summary>Named tokens, without their secrets.</summary>
    public async Task<Outcome<TokenListView>> TokensAsync(CancellationToken cancellationToken) => (await service.Tokens.ListAsync(cancellationToken)).ToOutcome();

    public async Task<Outcome<TokenView>> CreateTokenAsync(TokenRequestView token, CancellationToken cancellationToken) => (await service.Tokens.CreateAsync(token, cancellationToken)).ToOutcome();

    public async Task<Outcome<string>> RevokeTokenAsync(string name, CancellationToken cancellationToken) => (await service.Tokens.RevokeAsync(name, cancellationToken)).ToOutcome();

    public void Dispose() => service.Dispose();

    private async Task<Outcome<ChangeView>> ChangeAsync(
        TaskAddress address, Func<int, Task<ServiceAnswer<ChangeView>>> ofRun, Func<string, Task<ServiceAnswer<ChangeView>>> ofTask, CancellationToken cancellationToken)
    {
        if (address.Task is not null)
        {
            return (await FindAsync(address, cancellationToken)).TryGet(out TaskView? task, out Refusal? unknown) ? (await ofTask(IdOf(task))).ToOutcome() : unknown;
        }

        return !(await RunOfAsync(address, cancellationToken)).TryGet(out int? run, out Refusal? refusal) ? refusal
            : run is null ? new Refusal(ExitCode.Invalid, "the service has no run yet", "Submit a task first.")
            : (await ofRun(run.Value)).ToOutcome();
    }

    private async Task<Outcome<TaskView>> FindAsync(TaskAddress address, CancellationToken cancellationToken) =>
        (await TasksAsync(new TaskFilter(address, [], 1), cancellationToken)).TryGet(out IReadOnlyList<TaskView>? tasks, out Refusal? refusal)
            ? tasks is [var task, ..] ? task : NoTask(address)
            : refusal;

    /// <summary>The run that is meant; without run and task the newest, null = any run that has the task, or there is none at all.</summary>
    private async Task<Outcome<int?>> RunOfAsync(TaskAddress address, CancellationToken cancellationToken)
    {
        if (address.Run is not null || address.Task is not null)
        {
            return address.Run;
        }

        return (await service.Runs.ListAsync(1, cancellationToken)).TryGet(out RunListView? list, out ProblemView? problem)
            ? list.Runs is [var newest, ..] ? newest.Run : (int?)null
            : problem.ToRefusal();
    }

    /// <summary>Why a run cannot be looked at; null when there is one of that number.</summary>
    private async Task<Refusal?> MissingAsync(int run, CancellationToken cancellationToken) =>
        (await service.Runs.GetAsync(run, cancellationToken)).TryGet(out _, out ProblemView? problem) ? null : problem.ToRefusal();

    private static Refusal NoTask(TaskAddress address) => Refusal.Missing(
        address.Run is { } run ? $"run {run} has no task {address.Task}" : $"the service has no task {address.Task}", "`plimsoll status RUN --server URL` lists the tasks of a run.");

    private static string IdOf(TaskView task) => string.Create(CultureInfo.InvariantCulture, $"{task.Run}.{task.Task}");
}
