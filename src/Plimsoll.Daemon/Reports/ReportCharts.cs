using System.Text;
using Plimsoll.Client.Reports;
using static Plimsoll.Daemon.Reports.ReportFigures;

namespace Plimsoll.Daemon.Reports;

/// <summary>Draws the timeline of a report as SVG: no script, scales with the page, colours come from its style sheet.</summary>
internal sealed class ReportCharts(ReportView report, StringBuilder html)
{
    private const double Width = 1000;
    private const double Left = 190;
    private const double Plot = Width - Left - 10;
    private const double Row = 16;

    private readonly double span = Math.Max(0.001, report.WallSeconds);

    /// <summary>A curve over the run, with its largest value.</summary>
    public void Curve(string title, Func<ReportPointView, double?> value, Func<double, string> figure, string style)
    {
        const double Height = 110;
        double?[] values = [.. report.Timeline.Select(value)];
        double most = values.Max() ?? 0;
        if (most <= 0)
        {
            return;
        }

        html.Append($"<figure><figcaption>{SafeHtml.Of(title)}, at most {figure(most)}</figcaption><svg viewBox=\"0 0 {Number(Width)} {Number(Height + 22)}\" role=\"img\" aria-label=\"{SafeHtml.Of(title)}\">");
        Scale(Height);
        html.Append($"<text x=\"{Number(Left - 8)}\" y=\"12\" class=\"r\">{figure(most)}</text><text x=\"{Number(Left - 8)}\" y=\"{Number(Height)}\" class=\"r\">0</text>");
        double step = Plot / Math.Max(1, values.Length);
        for (int i = 0; i < values.Length;)
        {
            // A gap is a gap: each stretch that is known is an area of its own.
            int from = i;
            while (i < values.Length && values[i] is not null)
            {
                i++;
            }

            if (i > from)
            {
                html.Append($"<path class=\"{style}\" d=\"M{Number(Left + (from * step))} {Number(Height)}");
                for (int at = from; at < i; at++)
                {
                    double y = Height - (values[at]!.Value / most * (Height - 6));
                    html.Append($"L{Number(Left + (at * step))} {Number(y)}H{Number(Left + ((at + 1) * step))}");
                }

                html.Append($"V{Number(Height)}Z\"/>");
            }

            i = i == from ? i + 1 : i;
        }

        html.Append("</svg></figure>");
    }

    /// <summary>A row per task with a bar per attempt, or per class with how many ran.</summary>
    public void Lanes()
    {
        double height = report.Lanes.Count * Row;
        string what = report.Aggregated ? "Attempts alive, by class" : "Attempts, by task";
        html.Append($"<figure><figcaption>{what}</figcaption><svg viewBox=\"0 0 {Number(Width)} {Number(height + 22)}\" role=\"img\" aria-label=\"{what}\">");
        Scale(height);
        for (int i = 0; i < report.Lanes.Count; i++)
        {
            ReportLaneView lane = report.Lanes[i];
            double y = i * Row;
            html.Append($"<text x=\"{Number(Left - 8)}\" y=\"{Number(y + 12)}\" class=\"r\">{SafeHtml.Of(lane.Name, 28)}</text>");
            if (report.Aggregated)
            {
                Density(lane, y);
            }
            else
            {
                Bars(lane, y);
            }
        }

        html.Append("</svg></figure>");
    }

    private void Bars(ReportLaneView lane, double y)
    {
        foreach (ReportBarView bar in lane.Bars)
        {
            double x = Left + (bar.From / span * Plot);
            double wide = Math.Max(1.5, (bar.To - bar.From) / span * Plot);
            html.Append($"<rect class=\"o {bar.Outcome ?? "alive"}\" x=\"{Number(x)}\" y=\"{Number(y + 2)}\" width=\"{Number(wide)}\" height=\"{Number(Row - 4)}\"><title>")
                .Append(SafeHtml.Of(lane.Name))
                .Append($", attempt {bar.Number}: {bar.Outcome ?? "alive"}, {Seconds(bar.To - bar.From)} from {Seconds(bar.From)} on</title></rect>");
        }
    }

    private void Density(ReportLaneView lane, double y)
    {
        double most = Math.Max(1e-9, lane.Running.DefaultIfEmpty().Max());
        double step = Plot / Math.Max(1, lane.Running.Count);
        html.Append($"<g class=\"d\"><title>{SafeHtml.Of(lane.Name)}: at most {most:0.#} at once</title><path d=\"M{Number(Left)} {Number(y + Row - 2)}");
        for (int i = 0; i < lane.Running.Count; i++)
        {
            html.Append($"L{Number(Left + (i * step))} {Number(y + Row - 2 - (lane.Running[i] / most * (Row - 4)))}H{Number(Left + ((i + 1) * step))}");
        }

        html.Append($"V{Number(y + Row - 2)}Z\"/></g>");
    }

    private void Scale(double height)
    {
        double step = Step(span);
        for (double at = 0; at <= span; at += step)
        {
            string x = Number(Left + (at / span * Plot));
            html.Append($"<path class=\"g\" d=\"M{x} 0V{Number(height)}\"/><text class=\"m\" x=\"{x}\" y=\"{Number(height + 15)}\">{Seconds(at)}</text>");
        }
    }
}
