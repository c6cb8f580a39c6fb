using Plimsoll.Cli.Terminal;
using Plimsoll.Client.Gateways;

namespace Plimsoll.Cli.Rendering;

/// <summary>Prints what a gateway did.</summary>
internal static class GatewayPage
{
    public static void Write(OutputTarget output, GatewayReportView report)
    {
        output.WriteLine($"The gateway ran for {Figures.Duration(report.Seconds)}.");
        foreach (GatewayCallerView key in report.Keys)
        {
            string failed = key.Failed > 0 ? $", {Figures.Count(key.Failed, "failure", "failures")}" : "";
            string used = key.Usage is { } usage ? $": {UsageLine.Long(usage)}" : "";
            output.WriteLine($"  {output.Paint(Ink.Strong, ControlEscaper.Text(key.Key))} {Figures.Count(key.Requests, "request", "requests")}{failed}{used}");
        }

        if (report.CutOff > 0)
            output.WriteLine($"  {Figures.Count(report.CutOff, "request was", "requests were")} cut off");
    }
}
