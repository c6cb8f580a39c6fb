using System.Globalization;
using System.Net;
using System.Text;
using Plimsoll.Client.Simulations;

namespace Plimsoll.Cli.Rendering;

/// <summary>Simulations as one page: a table and plots drawn as SVG, without scripts and without anything from elsewhere.</summary>
internal static class SimulationHtml
{
    private const int Width = 860;
    private const int Height = 170;
    private const int Left = 52; // of the curves, beside their scale
    private const int Head = 10;
    private const int Foot = 20;
    private static readonly string[] s_inks = ["#1f77b4", "#d62728", "#2ca02c", "#9467bd", "#ff7f0e", "#8c564b", "#17becf", "#7f7f7f"];

    public static string Of(SimulationReportView report)
    {
        var page = new StringBuilder();
        page.Append("<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>plimsoll simulate</title>\n<style>body{font:14px/1.5 system-ui,sans-serif;max-width:")
            .Append(Width + 40)
            .Append("px;margin:2em auto;padding:0 1em;color:#222;background:#fff}table{border-collapse:collapse;width:100%}h1{font-size:20px;overflow-wrap:anywhere}h2{font-size:16px}th,td{padding:.2em .5em;text-align:right;white-space:nowrap;vertical-align:bottom;border-bottom:1px solid #ddd}th:first-child,td:first-child{text-align:left;white-space:normal}text{font-size:11px;fill:#444}svg{width:100%;height:auto;background:#fafafa;border:1px solid #ddd}</style></head><body>\n<h1>")
            .Append(Text(report.Input)).Append("</h1>\n<p>")
            .Append(Text($"{Figures.Count(report.Tasks, "task", "tasks")} on {Figures.Count(report.Nodes, "node", "nodes")}, {Figures.Bytes(report.MemoryBytes)} of memory")).Append("</p>\n");
        Table(page, report);
        Plot(page, report, "Tasks at once", static point => point.Live, static value => value.ToString("0.#", CultureInfo.InvariantCulture));
        Plot(page, report, "Memory held", static point => point.MemoryBytes, static value => Figures.Bytes((long)value));
        Plot(page, report, "Cores in use", static point => point.Cores, static value => value.ToString("0.#", CultureInfo.InvariantCulture));
        return page.Append("</body></html>\n").ToString();
    }

    private static void Table(StringBuilder page, SimulationReportView report)
    {
        page.Append("<table><tr><th>policy, placement, seed</th><th>makespan</th><th>/ bound</th><th>cpu</th><th>memory</th><th>at once</th><th>wait</th><th>mostly for</th><th>evicted</th><th>killed</th><th>lost</th><th>redone</th></tr>\n");
        for (int i = 0; i < report.Runs.Count; i++)
        {
            SimulationRunView run = report.Runs[i];
            string[] cells =
            [
                Figures.Duration(run.MakespanSeconds), SimulationPage.OverBound(run), Figures.Percent(run.Cpu), Figures.Percent(run.Memory),
                SimulationPage.AtOnce(run), Figures.Duration(run.MeanWaitSeconds), SimulationPage.WaitedFor(run), $"{run.Evictions}", $"{run.Kills}", $"{run.Lost}", Figures.Percent(run.Redone),
            ];
            page.Append("<tr><td><span style=\"color:").Append(Ink(i)).Append("\">&#9632;</span> ").Append(Text($"{run.Policy}, {run.Placement}, {run.Seed}")).Append("</td>");
            foreach (string cell in cells)
                page.Append("<td>").Append(Text(cell)).Append("</td>");
            page.Append("</tr>\n");
        }

        page.Append("</table>\n");
        foreach (SimulationRunView run in report.Runs.Where(static run => run.Unfinished > 0))
            page.Append("<p><strong>").Append(Text(SimulationPage.Unfinished(run))).Append("</strong></p>\n");
    }

    private static void Plot(StringBuilder page, SimulationReportView report, string title, Func<SimulationPointView, double> value, Func<double, string> unit)
    {
        double longest = report.Runs.SelectMany(static run => run.Series).Select(static point => point.Seconds).DefaultIfEmpty(0).Max();
        double most = report.Runs.SelectMany(static run => run.Series).Select(value).DefaultIfEmpty(0).Max();
        if (longest <= 0 || most <= 0)
            return;

        page.Append(CultureInfo.InvariantCulture, $"<h2>{title}</h2>\n<svg viewBox=\"0 0 {Width} {Height + Foot}\" role=\"img\" aria-label=\"{title}\">\n");
        foreach (double share in (double[])[0, 0.5, 1])
        {
            page.Append(CultureInfo.InvariantCulture, $"<path d=\"M{Left} {Y(share):0.#}H{Width}\" stroke=\"#ddd\"/><text x=\"{Left - 4}\" y=\"{Y(share) + 4:0.#}\" text-anchor=\"end\">{Text(unit(share * most))}</text>");
            page.Append(CultureInfo.InvariantCulture, $"<text x=\"{X(share):0.#}\" y=\"{Height + Foot - 4}\" text-anchor=\"{(share < 0.25 ? "start" : share > 0.75 ? "end" : "middle")}\">{Text(Figures.Duration(share * longest))}</text>\n");
        }

        for (int i = 0; i < report.Runs.Count; i++)
        {
            page.Append(CultureInfo.InvariantCulture, $"<polyline fill=\"none\" stroke-width=\"1.5\" stroke=\"{Ink(i)}\" points=\"");
            double before = 0;
            foreach (SimulationPointView point in report.Runs[i].Series)
            {
                double y = Y(value(point) / most);
                page.Append(CultureInfo.InvariantCulture, $"{X(before / longest):0.#},{y:0.#} {X(point.Seconds / longest):0.#},{y:0.#} ");
                before = point.Seconds;
            }

            page.Append("\"/>\n");
        }

        page.Append("</svg>\n");
    }

    private static double X(double share) => Left + ((Width - Left) * share);

    private static double Y(double share) => Height - ((Height - Head) * share);

    private static string Ink(int run) => s_inks[run % s_inks.Length];

    private static string Text(string text) => WebUtility.HtmlEncode(text);
}
