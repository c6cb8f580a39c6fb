using System.Globalization;
using System.Text;
using Plimsoll.Core.Facts;
using Plimsoll.Core.Footprints;
using Plimsoll.Core.Graphs;
using Plimsoll.Core.Lifecycle;
using Plimsoll.Journal.Records;

namespace Plimsoll.Tests.Journal;

/// <summary>Everything a fact says, as text, so that two facts can be compared whatever arrays they hold.</summary>
internal static class FactText
{
    internal static string Of(Fact fact) => fact switch
    {
        AttemptFinished x => $"{x with { Report = ExitReport.Success }} {x.Report with { Outputs = null, Footprint = null }} {Outputs(x.Report)} {Footprint(x.Report.Footprint)}",
        AttemptAdmitted or AttemptRunning or ModelUsed => fact.ToString(),
        TasksAdded x => $"tasks_added {x.At.UtcTicks} {x.Run} {x.FirstOrdinal} {Block(x.Block)} {Document(x.Document)}",
        _ => $"{EventRow.Of(fact).Kind} {fact.At.UtcTicks} {EventRow.Of(fact).Run} {EventRow.Of(fact).Task} {EventRow.Of(fact).Json}",
    };

    private static string Outputs(ExitReport report) =>
        string.Join(';', (report.Outputs ?? new Dictionary<string, string>(StringComparer.Ordinal)).OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => $"{pair.Key}={pair.Value}"));

    private static string Footprint(AttemptFootprint? held) => held is null ? "-" : $"{held with { Curve = [] }} {string.Join(';', held.Curve)}";

    private static string Block(TaskBlock block)
    {
        StringBuilder text = new();
        for (int i = 0; i < block.Count; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $"[{block.Names[i]}|{block.ShapeOf[i]}|{block.PolicyOf[i]}|{block.Priority[i]}|{block.Rank[i]}]");
        }

        foreach (Plimsoll.Core.Capacity.TaskShape shape in block.Shapes)
        {
            text.Append(CultureInfo.InvariantCulture, $"{shape with { Locks = [] }}").AppendJoin(';', shape.Locks);
        }

        foreach (TaskPolicy policy in block.Policies)
        {
            text.Append(CultureInfo.InvariantCulture, $"{policy with { Retry = RetryPolicy.None }} {policy.Retry with { Outcomes = [], ExitCodes = [] }}")
                .AppendJoin(';', policy.Retry.Outcomes).AppendJoin(';', policy.Retry.ExitCodes);
        }

        return text.AppendJoin(';', block.Edges).AppendJoin(';', block.Conditional).ToString();
    }

    private static string Document(RunDocument document) =>
        $"{Convert.ToHexString(document.Plan.Span)} {string.Join(',', document.TemplateOf)} {string.Join('|', document.Bindings.Select(binding => binding ?? "-"))}";
}
