using System.Globalization;
using Plimsoll.Cli.Terminal;
using Plimsoll.Client.Runs;

namespace Plimsoll.Cli.Rendering;

/// <summary>Draws a run as it stands: how far, how fast, what runs, what waits and why.</summary>
internal static class LiveView
{
    private const int MostRunning = 12;
    private const int MostWaiting = 4;

    public static IReadOnlyList<LiveLine> Lines(ProgressView progress, OutputTarget target)
    {
        // The last column stays free: a terminal may wrap a line that fills it.
        int width = Math.Max(8, target.Width - 1);
        var lines = new List<LiveLine> { new("", 0), Bar(progress, target, width), Capacity(progress, target, width) };
        int name = NameColumns(progress, width);
        foreach (RunningTaskView task in progress.Running.Take(MostRunning))
            lines.Add(Running(task, target, width, name));
        More(progress.Counts.Running + progress.Counts.Frozen - Math.Min(progress.Running.Count, MostRunning), "more running");
        foreach (WaitingTaskView task in progress.Waiting.Take(MostWaiting))
            lines.Add(Waiting(task, target, width, name));
        int waiting = progress.Counts.Waiting + progress.Counts.Ready + progress.Counts.Retrying;
        More(waiting - Math.Min(progress.Waiting.Count, MostWaiting), "more waiting");
        return lines;

        void More(int count, string what)
        {
            if (count > 0)
                lines.Add(new LineBuilder(target, width).Add($"    and {Number(count)} {what}", Ink.Faint).Build());
        }
    }

    private static LiveLine Bar(ProgressView progress, OutputTarget target, int width)
    {
        TaskCountsView counts = progress.Counts;
        double share = counts.Total == 0 ? 0 : (double)counts.Ended / counts.Total;
        int columns = Math.Clamp(width / 6, 4, 30);
        int full = (int)(share * columns);
        int bad = counts.Failed + counts.Dead;
        LineBuilder line = new LineBuilder(target, width)
            .Add(new string('━', full), bad > 0 ? Ink.Bad : Ink.Good)
            .Add(new string('─', columns - full), Ink.Faint)
            .Add($"  {Number(counts.Ended)} of {Number(counts.Total)} ended");
        if (bad > 0)
            line.Add($", {Number(bad)} failed", Ink.Bad);
        if (counts.Retrying > 0)
            line.Add($", {Number(counts.Retrying)} retrying", Ink.Caution);
        string left = progress.Stopping ? "stopping"
            : progress.EstimatedEndSeconds is { } estimate ? $"about {Figures.Clock(estimate)} left" : "";
        return line.AddRight($"{Figures.Clock(progress.ElapsedSeconds)}{(left.Length > 0 ? ", " + left : "")}", progress.Stopping ? Ink.Caution : Ink.Strong).Build();
    }

    private static LiveLine Capacity(ProgressView progress, OutputTarget target, int width)
    {
        string limit = progress.Concurrency.Limit is { } most ? $" of at most {Number(most)}" : "";
        string memory = progress.Memory.TotalBytes > 0
            ? $", memory {Figures.Bytes(progress.Memory.FreeBytes)} free of {Figures.Bytes(progress.Memory.TotalBytes)}, {Figures.Bytes(progress.Memory.ReserveBytes)} kept back"
            : "";
        string processors = progress.Processors is { } now ? $", processors {Figures.Percent(now.Busy)} busy" : "";
        return new LineBuilder(target, width).Add($"{Number(progress.Concurrency.Now)} running{limit}{memory}{processors}", Ink.Faint).Build();
    }

    private static LiveLine Running(RunningTaskView task, OutputTarget target, int width, int name)
    {
        LineBuilder line = new LineBuilder(target, width)
            .Add("  ▸ ", Ink.Accent)
            .AddFixed(ControlEscaper.Text(task.Name), name, TaskInk.Of(task.Name))
            .Add(Figures.Clock(task.ElapsedSeconds).PadLeft(9))
            .Add(task.ResidentBytes > 0 ? Figures.Bytes(task.ResidentBytes).PadLeft(8) : "       –");
        if (task.Attempt > 1)
            line.Add($"  attempt {Number(task.Attempt)}", Ink.Caution);
        return line.Build();
    }

    private static LiveLine Waiting(WaitingTaskView task, OutputTarget target, int width, int name) =>
        new LineBuilder(target, width)
            .Add("  · ", Ink.Faint)
            .AddFixed(ControlEscaper.Text(task.Name), name, Ink.Faint)
            .Add("  ")
            .Add(ControlEscaper.Text(task.Reason), Ink.Faint)
            .Build();

    private static int NameColumns(ProgressView progress, int width)
    {
        int widest = progress.Running.Take(MostRunning).Select(task => task.Name)
            .Concat(progress.Waiting.Take(MostWaiting).Select(task => task.Name))
            .Select(name => TextWidth.Of(ControlEscaper.Text(name))).DefaultIfEmpty(8).Max();
        return Math.Clamp(widest, 8, Math.Max(8, width / 2));
    }

    private static string Number(int number) => number.ToString("#,0", CultureInfo.InvariantCulture);
}
