using System.Globalization;
using Plimsoll.Core.Identity;
using Plimsoll.Core.Providers;
using Plimsoll.Gateway.Hosting;

namespace Plimsoll.Gateway.Callers;

/// <summary>What was spent by tasks, runs and today, against the budgets.</summary>
/// <remarks>A call in flight when a budget is reached is finished: its answer has been paid for.</remarks>
internal sealed class BudgetBook(BudgetSettings budgets, GatewayClock clock)
{
    private const decimal MicroDollarsPerDollar = 1_000_000;

    private readonly Lock gate = new();
    private readonly Dictionary<AttemptId, long> attempts = [];
    private readonly Dictionary<RunId, long> runs = [];
    private readonly HashSet<TaskId> tasks = [];
    private DateTime day;
    private long today;

    /// <summary>Why a caller may not call any more, or null.</summary>
    public string? Refuses(Caller caller)
    {
        lock (gate)
        {
            Meet(caller);
            if (caller.Attempt is { } attempt)
            {
                long task = caller.SpentMicroDollars + attempts.GetValueOrDefault(attempt);
                if (task >= budgets.PerTask)
                {
                    return Message($"task '{caller.Name}'", task, budgets.PerTask.Value, "per_task");
                }

                if (runs.GetValueOrDefault(attempt.Task.Run) is var run && run >= budgets.PerRun)
                {
                    return Message($"run {attempt.Task.Run}", run, budgets.PerRun.Value, "per_run");
                }
            }

            return today >= budgets.PerDay ? Message("all calls today (UTC)", today, budgets.PerDay.Value, "per_day") : null;
        }
    }

    public void Spent(Caller caller, long microDollars)
    {
        if (microDollars == 0)
        {
            return;
        }

        lock (gate)
        {
            Meet(caller);
            today += microDollars;
            if (caller.Attempt is { } attempt)
            {
                attempts[attempt] = attempts.GetValueOrDefault(attempt) + microDollars;
                runs[attempt.Task.Run] = runs.GetValueOrDefault(attempt.Task.Run) + microDollars;
            }
        }
    }

    public void Forget(AttemptId attempt)
    {
        lock (gate)
            attempts.Remove(attempt);
    }

    /// <summary>Begins a new day, and counts once what a task has spent before this gateway was started.</summary>
    private void Meet(Caller caller)
    {
        DateTime date = clock.Now.UtcDateTime.Date;
        if (date != day)
        {
            (day, today) = (date, 0);
        }

        if (caller.Attempt is { } attempt && tasks.Add(attempt.Task) && caller.SpentMicroDollars > 0)
        {
            runs[attempt.Task.Run] = runs.GetValueOrDefault(attempt.Task.Run) + caller.SpentMicroDollars;
        }
    }

    private static string Message(string who, long spent, long budget, string setting) => string.Create(
        CultureInfo.InvariantCulture,
        $"the budget is used up: {who} spent ${spent / MicroDollarsPerDollar:0.00####} of ${budget / MicroDollarsPerDollar:0.00####}; raise budgets.{setting} to go on");
}
