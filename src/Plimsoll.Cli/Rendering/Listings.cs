using System.Globalization;
using Plimsoll.Cli.Terminal;
using Plimsoll.Client.Runs;

namespace Plimsoll.Cli.Rendering;

/// <summary>Prints runs, tasks, attempts and dead letters for people.</summary>
internal static class Listings
{
    public static void Runs(OutputTarget output, IReadOnlyList<RunView> runs, TimeProvider time)
    {
        if (runs.Count == 0)
        {
            output.WriteLine("No run yet; 'plimsoll run PLAN' makes one.");
            return;
        }

        bool models = runs.Any(run => run.Usage is not null);
        TextColumn[] columns = [new("RUN", true), new("NAME", Shrinks: true), new("STATE"), new("TASKS"), new("OPENED"), new("TOOK", true), .. Models(models)];
        var table = new TextTable(columns);
        foreach (RunView run in runs)
        {
            TextCell[] cells =
            [
                Number(run.Run),
                new TextCell(run.Name, Ink.Strong),
                new TextCell(run.State, Outcomes.InkOf(run.State)),
                Counts(run.Counts),
                Figures.When(run.OpenedAt, time),
                Figures.Duration(run.WallSeconds),
                .. Models(models, run.Usage),
            ];
            table.Add(cells);
        }

        table.WriteTo(output);
    }

    public static void Tasks(OutputTarget output, IReadOnlyList<TaskView> tasks, TimeProvider time)
    {
        if (tasks.Count == 0)
        {
            output.WriteLine("No such task.");
            return;
        }

        bool models = tasks.Any(task => task.Usage is not null);
        TextColumn[] columns = [new("TASK", Shrinks: true), new("STATE"), new("ATTEMPTS", true), new("STARTED"), new("TOOK", true), .. Models(models), new("REASON", Shrinks: true)];
        var table = new TextTable(columns);
        foreach (TaskView task in tasks)
        {
            TextCell[] cells =
            [
                new TextCell(task.Name, Ink.Strong),
                new TextCell(task.State, Outcomes.InkOf(task.State)),
                Number(task.Attempts),
                task.StartedAt is { } started ? Figures.When(started, time) : "",
                Took(task.StartedAt, task.EndedAt, time),
                .. Models(models, task.Usage),
                Outcomes.Short(task.Reason),
            ];
            table.Add(cells);
        }

        table.WriteTo(output);
    }

    public static void Attempts(OutputTarget output, IReadOnlyList<AttemptView> attempts, TimeProvider time)
    {
        if (attempts.Count == 0)
        {
            output.WriteLine("No attempt yet; 'plimsoll why TASK' says what it waits for.");
            return;
        }

        foreach (AttemptView attempt in attempts)
        {
            string outcome = attempt.Outcome is { } end ? Outcomes.Describe(end, attempt.ExitCode, attempt.Signal) : "running";
            output.WriteLine($"{output.Paint(Ink.Strong, ControlEscaper.Text(attempt.Task))} attempt {Number(attempt.Number)}: "
                + output.Paint(Outcomes.InkOf(attempt.Outcome ?? "running"), outcome));
            if (!string.IsNullOrEmpty(attempt.Reason))
                output.WriteLine($"  reason   {string.Join("\n           ", attempt.Reason.Split('\n').Select(ControlEscaper.Text))}");
            output.WriteLine($"  began    {Figures.When(attempt.AdmittedAt, time)}, took {Took(attempt.AdmittedAt, attempt.EndedAt, time)}");
            output.WriteLine($"  used     {Figures.Bytes(attempt.PeakResidentBytes)} at its peak, {Figures.Duration(attempt.CpuSeconds)} of processor time");
            if (attempt.Usage is { } usage)
                output.WriteLine($"  models   {UsageLine.Long(usage)}");
            Path(output, "stdout", attempt.StdoutPath, attempt.Outcome);
            Path(output, "stderr", attempt.StderrPath, attempt.Outcome);
        }
    }

    public static void Dead(OutputTarget output, IReadOnlyList<DeadView> dead, TimeProvider time)
    {
        if (dead.Count == 0)
        {
            output.WriteLine("No dead letters. Tasks that failed and were to be tried only once: plimsoll status --only failed");
            return;
        }

        var table = new TextTable(new("TASK", Shrinks: true), new("OUTCOME"), new("ATTEMPTS", true), new("ENDED"), new("PEAK", true), new("REASON", Shrinks: true));
        foreach (DeadView letter in dead)
        {
            table.Add(
                new TextCell($"{Number(letter.Run)}/{letter.Task}", Ink.Strong),
                new TextCell(Outcomes.Describe(letter.Outcome, letter.ExitCode, letter.Signal), Ink.Bad),
                Number(letter.Attempts),
                letter.EndedAt is { } ended ? Figures.When(ended, time) : "",
                Figures.Bytes(letter.PeakResidentBytes),
                Outcomes.Short(letter.Reason));
        }

        table.WriteTo(output);
    }

    public static void Purge(OutputTarget output, PurgeView purge)
    {
        output.WriteLine($"{(purge.DryRun ? "Would purge" : "Purged")} {Figures.Count(purge.Tasks.Count, "dead letter", "dead letters")} with "
            + $"{Figures.Count(purge.Files, "file", "files")}: {Figures.Bytes(purge.FreedBytes)}.");
        foreach (string task in purge.Tasks)
            output.WriteLine($"  {ControlEscaper.Text(task)}");
    }

    public static void Limits(OutputTarget output, LimitsView limits)
    {
        output.WriteLine(limits.Run == 0 ? "The service:" : $"Run {Number(limits.Run)}, {(limits.Live ? "live" : "not live: what it has and resume goes on with")}:");
        var table = new TextTable(new("LIMIT"), new("VALUE"));
        table.Add("max concurrent", limits.MaxConcurrent is { } most ? Number(most) : "auto");
        table.Add("policy", limits.Policy);
        table.Add("memory reserve", limits.MemoryReserveBytes is { } reserve ? Figures.Bytes(reserve) : "by the machine");
        table.Add("memory", limits.MemoryBytes is { } memory ? Figures.Bytes(memory) : "the machine's");
        table.Add("cores", limits.Cores is { } cores ? cores.ToString(CultureInfo.InvariantCulture) : "not limited");
        foreach ((string name, int units) in limits.Locks)
            table.Add($"lock {name}", Number(units));
        foreach (ServiceLimitView service in limits.Services ?? [])
            table.Add($"limit {service.Name}", string.Create(CultureInfo.InvariantCulture, $"{service.Amount:#,0} in {service.PerSeconds:0.###} s{(service.Burst is { } burst ? $", at most {burst:#,0} at once" : "")}"));
        table.WriteTo(output);
    }

    public static void Change(OutputTarget output, ChangeView change)
    {
        string done = change.Verb switch { "cancel" => "Cancelled", "retry" => "Put back", _ => "Changed" };
        string names = string.Join(", ", change.Tasks.Take(5).Select(ControlEscaper.Text));
        string rest = change.Tasks.Count > 5 ? $" and {Number(change.Tasks.Count - 5)} more" : "";
        output.WriteLine($"{done} {Figures.Count(change.Tasks.Count, "task", "tasks")} of run {Number(change.Run)}{(names.Length > 0 ? ": " + names + rest : "")}.");
        if (!change.Live && change.Verb == "retry")
            output.WriteLine($"'plimsoll resume {Number(change.Run)}' runs them.");
    }

    private static TextCell Counts(TaskCountsView counts)
    {
        var parts = new List<string>();
        Part(counts.Succeeded, "ok");
        Part(counts.Failed + counts.Dead, "failed");
        Part(counts.Cancelled, "cancelled");
        Part(counts.Skipped, "skipped");
        Part(counts.Running + counts.Frozen, "running");
        Part(counts.Waiting + counts.Ready + counts.Retrying, "waiting");
        return parts.Count == 0 ? "none" : string.Join(", ", parts);

        void Part(int count, string word)
        {
            if (count > 0)
                parts.Add($"{Number(count)} {word}");
        }
    }

    // The column is there only where something was used.
    private static TextColumn[] Models(bool any) => any ? [new TextColumn("MODELS")] : [];

    private static TextCell[] Models(bool any, ModelUsageView? usage) => any ? [UsageLine.Short(usage)] : [];

    private static void Path(OutputTarget output, string what, string? path, string? outcome) =>
        output.WriteLine($"  {what}   {(path is null ? (outcome == "start_failed" ? "none, it never ran" : "cleaned away") : ControlEscaper.Text(path))}");

    private static string Took(DateTimeOffset? from, DateTimeOffset? to, TimeProvider time) =>
        from is { } start ? Figures.Duration(((to ?? time.GetUtcNow()) - start).TotalSeconds) : "";

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
