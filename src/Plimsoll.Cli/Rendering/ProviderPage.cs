using Plimsoll.Cli.Terminal;
using Plimsoll.Client.Benchmarks;

namespace Plimsoll.Cli.Rendering;

/// <summary>What a modelled provider did, for people.</summary>
internal static class ProviderPage
{
    public static void Write(OutputTarget output, ProviderReportView report)
    {
        output.WriteLine($"{report.Requests} requests in {report.Seconds:0.0} s, {report.RateLimited} x 429, {report.OtherErrors} other errors, {report.Faults} injected faults");
        foreach (ProviderLimitView limit in report.Limits)
            output.WriteLine($"  {limit.Model,-24} {limit.Name,-12} {limit.Charged,14:N0} charged of {limit.Limit:N0} a {(limit.Name == "rpd" ? "day" : "minute")}: {limit.Goodput:P1}");
    }
}
