using System.Globalization;
using System.Text;
using Plimsoll.Client.Reports;
using Plimsoll.Client.Runs;
using static Plimsoll.Daemon.Reports.ReportFigures;

namespace Plimsoll.Daemon.Reports;

/// <summary>Writes a report as one HTML file that needs nothing else: no script, no request, light and dark.</summary>
public static class ReportPage
{
    private const string Style = """
        :root{color-scheme:light dark;--b:#fff;--f:#1c2430;--d:#5b6675;--l:#dfe4ea;--ok:#2f7d4f;--bad:#c2331f;--mem:#8a5a00;--run:#2563b0;--warn:#a85c00}
        @media(prefers-color-scheme:dark){:root{--b:#12161c;--f:#e6eaf0;--d:#98a4b3;--l:#2b333d;--ok:#5cbf82;--bad:#ff7a66;--mem:#e0a93b;--run:#6aa8f0;--warn:#f0a04b}}
        body{font:15px/1.45 system-ui,sans-serif;background:var(--b);color:var(--f);max-width:1100px;margin:0 auto;padding:1.2rem}
        h1{font-size:1.5rem;margin:0 0 .2rem}h2{font-size:1.1rem;margin:2rem 0 .5rem}p,figcaption,caption{color:var(--d)}p{margin:.2rem 0}
        dl{display:grid;grid-template-columns:repeat(auto-fit,minmax(130px,1fr));gap:.6rem;margin:1rem 0}dl div{border:1px solid var(--l);border-radius:6px;padding:.5rem .7rem}dt{color:var(--d);font-size:.85rem}dd{margin:0;font-size:1.15rem}
        .wide{overflow-x:auto}table{border-collapse:collapse;width:100%;font-size:.92rem}th,td{text-align:left;padding:.25rem .6rem;border-bottom:1px solid var(--l);vertical-align:top;overflow-wrap:anywhere}th{color:var(--d);font-weight:600}.n{text-align:right;white-space:nowrap}
        figure{margin:1rem 0}svg{width:100%;height:auto;display:block}svg text{font:11px system-ui,sans-serif;fill:var(--d)}.r{text-anchor:end}.m{text-anchor:middle}.g{stroke:var(--l);stroke-width:1;fill:none}
        .o{fill:var(--bad)}.succeeded{fill:var(--ok)}.alive{fill:var(--run)}.evicted,.lost,.cancelled{fill:var(--warn)}.d path,.run{fill:var(--run)}.mem{fill:var(--mem)}
        .key span{display:inline-block;margin-right:1rem}.key i{display:inline-block;width:.8em;height:.8em;border-radius:2px;margin-right:.3em;vertical-align:-.05em}
        td.bad{color:var(--bad);font-weight:600}td.good{color:var(--ok)}
        @media print{:root{--b:#fff;--f:#16202b;--d:#4a5963;--l:#c9d1d8}main{max-width:none;padding:0}figure,tr{break-inside:avoid}h2{break-after:avoid}thead{display:table-header-group}*{print-color-adjust:exact;-webkit-print-color-adjust:exact}}
        """;

    public static string Write(ReportView report)
    {
        var html = new StringBuilder(64 * 1024);
        html.Append("<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\">")
            .Append("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'\">")
            .Append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><meta name=\"referrer\" content=\"no-referrer\">")
            .Append($"<title>Plimsoll run {report.Run}</title><style>{Style}</style></head><body><main>");
        Head(report, html);
        Comparisons(report, html);
        Charts(report, html);
        Classes(report, html);
        Tasks("Slowest tasks", report.Slowest, html);
        Tasks("Retried most", report.Retried, html);
        Tasks("Without success", report.Unsuccessful, html);
        Tasks("Costliest tasks", report.Costliest, html);
        html.Append($"<p>Made by Plimsoll at {Time(report.At)}.</p></main></body></html>\n");
        return html.ToString();
    }

    private static void Head(ReportView report, StringBuilder html)
    {
        TaskCountsView counts = report.Counts;
        html.Append($"<h1>Run {report.Run}: {SafeHtml.Of(report.Name)}</h1><p>{report.State}, opened at {Time(report.OpenedAt)}</p><dl>");
        Fact("wall time", Seconds(report.WallSeconds));
        Fact("tasks", Count(counts.Total));
        Fact("succeeded", Count(counts.Succeeded));
        Fact("failed or dead", Count(counts.Failed + counts.Dead));
        Fact("skipped, cancelled", Count(counts.Skipped + counts.Cancelled));
        Fact("not ended", Count(counts.Total - counts.Ended));
        Fact("attempts", Count(report.Attempts));
        Fact("most at once", report.Timeline.Count == 0 ? "–" : report.Timeline.Max(static point => point.Running).ToString("0.#", CultureInfo.InvariantCulture));
        Fact("most memory", Memory(report.Timeline.Max(static point => point.MemoryBytes) ?? 0));
        if (report.Usage is { } usage)
        {
            Fact("model calls", Count(usage.Calls));
            Fact("tokens in, out", $"{Count(usage.InputTokens + usage.CachedTokens)}, {Count(usage.OutputTokens)}");
            Fact("cost", Dollars(usage.Dollars));
        }

        html.Append("</dl>");

        void Fact(string name, string value) => html.Append($"<div><dt>{name}</dt><dd>{value}</dd></div>");
    }

    private static void Comparisons(ReportView report, StringBuilder html)
    {
        html.Append("<h2>Compared with earlier runs</h2>");
        if (report.Comparisons.Count == 0)
        {
            html.Append(report.Predecessors < 3
                ? $"<p>{report.Predecessors} earlier runs of this name have finished; three are needed to tell what is usual.</p>"
                : $"<p>Nothing differs from the last {report.Predecessors} runs by more than chance.</p>");
            return;
        }

        html.Append("<div class=\"wide\"><table><thead><tr><th>what differs</th><th class=\"n\">now</th><th class=\"n\">usually</th><th class=\"n\">ratio</th></tr></thead><tbody>");
        foreach (ComparisonView one in report.Comparisons)
        {
            string style = one.Value > one.Usual ? "bad" : "good";
            html.Append($"<tr><td>{SafeHtml.Of(one.Text)}</td><td class=\"n\">{Figure(one.Measure, one.Value)}</td><td class=\"n\">{Figure(one.Measure, one.Usual)}</td>")
                .Append($"<td class=\"n {style}\">{(one.Ratio is { } ratio ? $"{ratio:0.##}x" : "new")}</td></tr>");
        }

        html.Append("</tbody></table></div>");
    }

    private static void Charts(ReportView report, StringBuilder html)
    {
        if (report.Attempts == 0)
        {
            return;
        }

        html.Append("<h2>Timeline</h2>");
        var charts = new ReportCharts(report, html);
        charts.Curve("Attempts alive", static point => point.Running, static value => value.ToString("0.#", CultureInfo.InvariantCulture), "run");
        charts.Curve("Memory of measured attempts", static point => point.MemoryBytes, static value => Memory((long)value), "mem");
        if (!report.Aggregated)
        {
            html.Append("<p class=\"key\"><span><i style=\"background:var(--ok)\"></i>succeeded</span><span><i style=\"background:var(--bad)\"></i>failed, timed out, out of memory</span>")
                .Append("<span><i style=\"background:var(--warn)\"></i>evicted, lost, cancelled</span><span><i style=\"background:var(--run)\"></i>alive</span></p>");
        }

        charts.Lanes();
    }

    private static void Classes(ReportView report, StringBuilder html)
    {
        if (report.Classes.Count == 0)
        {
            return;
        }

        html.Append("<h2>Classes</h2><div class=\"wide\"><table><thead><tr><th>class</th><th class=\"n\">tasks</th><th class=\"n\">attempts</th><th class=\"n\">without success</th><th class=\"n\">median</th><th class=\"n\">longest</th><th class=\"n\">together</th><th class=\"n\">peak memory</th><th class=\"n\">cost</th></tr></thead><tbody>");
        foreach (ReportClassView one in report.Classes)
        {
            html.Append($"<tr><td>{SafeHtml.Of(one.Name)}</td><td class=\"n\">{Count(one.Tasks)}</td><td class=\"n\">{Count(one.Attempts)}</td><td class=\"n\">{Count(one.Unsuccessful)}</td>")
                .Append($"<td class=\"n\">{Seconds(one.MedianSeconds)}</td><td class=\"n\">{Seconds(one.LongestSeconds)}</td><td class=\"n\">{Seconds(one.TotalSeconds)}</td><td class=\"n\">{Memory(one.PeakBytes)}</td><td class=\"n\">{Dollars(one.Dollars)}</td></tr>");
        }

        html.Append("</tbody></table></div>");
    }

    private static void Tasks(string title, IReadOnlyList<ReportTaskView> tasks, StringBuilder html)
    {
        if (tasks.Count == 0)
        {
            return;
        }

        html.Append($"<h2>{title}</h2><div class=\"wide\"><table><thead><tr><th>task</th><th>state</th><th class=\"n\">attempts</th><th class=\"n\">time</th><th class=\"n\">peak memory</th><th class=\"n\">cost</th><th>reason</th></tr></thead><tbody>");
        foreach (ReportTaskView one in tasks)
        {
            html.Append($"<tr><td>{SafeHtml.Of(one.Name)}</td><td>{one.State}</td><td class=\"n\">{one.Attempts}</td><td class=\"n\">{Seconds(one.Seconds)}</td>")
                .Append($"<td class=\"n\">{Memory(one.PeakBytes)}</td><td class=\"n\">{Dollars(one.Usage?.Dollars ?? 0)}</td><td>{SafeHtml.Of(one.Reason ?? "")}</td></tr>");
        }

        html.Append("</tbody></table></div>");
    }

    private static string Figure(string measure, double value) => measure switch
    {
        "duration" => Seconds(value),
        "memory" => Memory((long)value),
        "cost" => Dollars(value),
        _ => value.ToString("0.##", CultureInfo.InvariantCulture),
    };

    private static string Time(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);
}
