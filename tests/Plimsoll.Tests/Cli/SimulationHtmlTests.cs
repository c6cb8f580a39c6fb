using Plimsoll.Cli.Rendering;
using Plimsoll.Client.Simulations;
using Xunit;

namespace Plimsoll.Tests.Cli;

public sealed class SimulationHtmlTests
{
    [Fact]
    public void Curves_have_a_scale_and_names_are_text()
    {
        string page = SimulationHtml.Of(Report(unfinished: 0));
        Assert.DoesNotContain("<script>", page, StringComparison.Ordinal);
        Assert.Contains("&lt;script&gt;.yaml", page, StringComparison.Ordinal);
        Assert.Contains(">512M</text>", page, StringComparison.Ordinal);
        Assert.Contains(">1G</text>", page, StringComparison.Ordinal);
        Assert.Contains("<td>1.25</td>", page, StringComparison.Ordinal);
        Assert.Contains("memory 75 %", page, StringComparison.Ordinal);
    }

    [Fact]
    public void One_that_did_not_end_has_no_makespan_to_compare_and_says_why()
    {
        string page = SimulationHtml.Of(Report(unfinished: 3));
        Assert.DoesNotContain("1.25", page, StringComparison.Ordinal);
        Assert.Contains("3 tasks could not end. b: no node is there", page, StringComparison.Ordinal);
    }

    private static SimulationReportView Report(int unfinished) => new(
        "<script>.yaml",
        4,
        1,
        2L << 30,
        2,
        [
            new SimulationRunView(
                "load-line", "best-fit", 1, 100, 100, 80, 1.25, 4 - unfinished, unfinished, unfinished > 0 ? "b: no node is there" : null, 0.5, 0.5, 1L << 30, 2, 1.5, 4, 0, 0, 0, 0, 0, 3,
                [new SimulationWaitView("memory", 0.75)], [new SimulationPointView(50, 2, 1L << 30, 2), new SimulationPointView(100, 1, 1L << 29, 1)], 0.1),
        ]);
}
