using System.Globalization;
using Plimsoll.Cli.Rendering;
using Plimsoll.Cli.Terminal;
using Plimsoll.Client.Overviews;
using Plimsoll.Client.Runs;

namespace Plimsoll.Cli.Top;

/// <summary>Draws the overview: the load line, what runs, what waits and why, the runs.</summary>
/// <param name="height">Rows there are; null = as many as it takes.</param>
internal sealed class TopPage(OutputTarget target, int? height)
{
    private const int MostRuns = 5;
    private const int LeastRows = 3;

    // Blank lines, headings, "and 3 more" of both lists, and the keys.
    private const int Around = 8;

    private readonly int _width = Math.Max(20, target.Width - 1);
    private readonly List<LiveLine> _lines = [];

    public IReadOnlyList<LiveLine> Lines(OverviewView overview, TopState state)
    {
        Head(overview);
        new TopLoadLine(target, _width).Add(_lines, overview.Line);
        if (state.Why is { } why)
        {
            Why(why);
            return _lines;
        }

        int rows = height is { } all ? Math.Max(2 * LeastRows, all - _lines.Count - (overview.Forecast is null ? 0 : 1) - Math.Min(MostRuns, overview.Runs.Count) - Around) : int.MaxValue;
        int waiting = Math.Min(overview.Waiting.Count, Math.Max(LeastRows, rows - overview.Running.Count));
        Running(overview, state, Math.Max(LeastRows, rows == int.MaxValue ? rows : rows - waiting));
        Waiting(overview, state, waiting);
        Runs(overview);
        return _lines;
    }

    private LineBuilder Line() => new(target, _width);

    private void Blank() => _lines.Add(new LiveLine("", 0));

    private void Head(OverviewView overview)
    {
        TaskCountsView counts = overview.Counts;
        Ink ink = overview.Status switch { "ok" => Ink.Good, "idle" => Ink.Faint, "degraded" => Ink.Bad, _ => Ink.Caution };
        LineBuilder head = Line().Add("Plimsoll ", Ink.Strong).Add(overview.Status, ink);
        if (overview.Status != "idle")
        {
            string most = overview.Concurrency.Limit is { } limit ? string.Create(CultureInfo.InvariantCulture, $" of at most {limit}") : "";
            head.Add($"  {Number(overview.Concurrency.Now)} running{most}, {Number(counts.Ready + counts.Retrying)} could run, {Number(counts.Waiting)} wait for needs, {Number(counts.Ended)} of {Number(counts.Total)} ended");
            if (overview.Processors is { } processors)
                head.Add($", processors {Figures.Percent(processors.Busy)} busy");
        }

        _lines.Add(head.Build());
        if ((overview.Trouble ?? overview.Paused) is { } notice)
            _lines.Add(Line().Add(ControlEscaper.Text(notice), overview.Trouble is null ? Ink.Caution : Ink.Bad).Build());
    }

    private void Running(OverviewView overview, TopState state, int most)
    {
        Blank();
        if (overview.Running.Count == 0)
        {
            _lines.Add(Line().Add(overview.Status == "idle" ? "No Plimsoll works here." : "Nothing runs.", Ink.Faint).Build());
            return;
        }

        int name = Math.Clamp(_width - 52, 12, 60);
        _lines.Add(Line().Add($"  {"RUNNING".PadRight(name)}{"STATE",-10}{"TIME",9}{"USED",8}{"EXPECTED",10}  CLASS", Ink.Faint).Build());
        foreach (LiveTaskView task in state.Running(overview).Take(most))
        {
            _lines.Add(Line().Add(task.Id == state.Selected ? "▸ " : "  ", Ink.Accent)
                .AddFixed(ControlEscaper.Text(task.Name), name, task.Id == state.Selected ? Ink.Strong : TaskInk.Of(task.Name))
                .AddFixed(task.State, 10, task.State switch { "frozen" => Ink.Blue, "ending" => Ink.Caution, _ => Ink.Plain })
                .Add(Figures.Clock(task.ElapsedSeconds).PadLeft(9))
                .Add((task.UsedBytes > 0 ? Figures.Bytes(task.UsedBytes) : "–").PadLeft(8), task.UsedBytes > task.SettledBytes + task.BurstBytes ? Ink.Caution : Ink.Plain)
                .Add(Figures.Bytes(task.SettledBytes + task.BurstBytes).PadLeft(10), Ink.Faint)
                .Add("  " + ControlEscaper.Text(task.Class), Ink.Faint).Build());
        }

        More(overview.Running.Count - most);
    }

    private void Waiting(OverviewView overview, TopState state, int most)
    {
        if (overview.Waiting.Count == 0)
            return;

        Blank();
        string causes = string.Join(", ", overview.Causes.Select(cause => $"{Number(cause.Tasks)} for {cause.Code.Replace('_', ' ')}"));
        _lines.Add(Line().Add("  WAITING", Ink.Faint).Add($"  {causes}", Ink.Faint).Build());
        int name = Math.Clamp(_width / 3, 12, 40);
        foreach (QueuedTaskView task in overview.Waiting.Take(most))
        {
            _lines.Add(Line().Add(task.Id == state.Selected ? "▸ " : "  ", Ink.Accent)
                .AddFixed(ControlEscaper.Text(task.Name), name, task.Id == state.Selected ? Ink.Strong : Ink.Plain)
                .Add("  " + ControlEscaper.Text(task.Reason.Message), Ink.Faint).Build());
        }

        More(overview.Waiting.Count - most);
    }

    private void Runs(OverviewView overview)
    {
        if (overview.Runs.Count == 0)
            return;

        Blank();
        if (overview.Forecast is { } forecast)
        {
            double passed = (overview.At - forecast.At).TotalSeconds;
            _lines.Add(Line().Add($"  all ended in about {Left(forecast.DrainSeconds)}", Ink.Strong).Add($" (8 of 10 times {Left(forecast.LowSeconds)} to {Left(forecast.HighSeconds)})", Ink.Faint).Build());

            string Left(double seconds) => Figures.Clock(Math.Max(0, seconds - passed));
        }

        foreach (RunProgressView run in overview.Runs.Take(MostRuns))
        {
            int failed = run.Counts.Failed + run.Counts.Dead;
            LineBuilder line = Line().Add(string.Create(CultureInfo.InvariantCulture, $"  run {run.Run} "), Ink.Faint).Add(ControlEscaper.Text(run.Name), Ink.Strong)
                .Add($"  {run.State}, {Number(run.Counts.Ended)} of {Number(run.Counts.Total)} ended");
            if (failed > 0)
                line.Add($", {Number(failed)} failed", Ink.Bad);
            _lines.Add(line.Build());
        }
    }

    private void Why(ExplanationView why)
    {
        Blank();
        _lines.Add(Line().Add($"{why.Run}/{ControlEscaper.Text(why.Name)} ", Ink.Strong).Add(why.State).Build());
        foreach (ReasonView reason in why.Reasons)
        {
            _lines.Add(Line().Add("  " + ControlEscaper.Text(reason.Message)).Build());
            if (reason.ReleasedBy is { } release)
                _lines.Add(Line().Add("    released by " + ControlEscaper.Text(release), Ink.Faint).Build());
        }

        if (why.Reasons.Count == 0)
            _lines.Add(Line().Add("  Nothing holds it.", Ink.Faint).Build());
    }

    private void More(int count)
    {
        if (count > 0)
            _lines.Add(Line().Add($"    and {Number(count)} more", Ink.Faint).Build());
    }

    private static string Number(int number) => number.ToString("#,0", CultureInfo.InvariantCulture);
}
