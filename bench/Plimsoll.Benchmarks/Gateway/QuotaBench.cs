using Plimsoll.Benchmarks.Frame;
using Plimsoll.Tests.Gateway.Simulation;

namespace Plimsoll.Benchmarks.Gateway;

/// <summary>How much of a quota the gateway's own pipeline uses, in virtual time.</summary>
internal sealed class QuotaBench : IBenchmark
{
    private const double PrefixTarget = 1.5;

    public string Verb => "gateway-quota";

    public string Question => "Which share of a provider's quota do fleets use, and how often is the provider asked too early? Queue, estimates and header fusion of the gateway, virtual time.";

    public string Control => "long prompts with a limiter that knows nothing of cache reads; it must be slower";

    public string Rivals => "none";

    public Verdict? Run(BenchmarkOptions options, TextWriter output)
    {
        string folder = options.Text("data", Path.Combine(Workbench.Root, "..", "shared", "data", "llm"));
        bool met = true;
        foreach (FleetCase one in FleetCases.All)
        {
            FleetResult result = one.Run(folder, options.Count("seconds", 3_600));
            met &= one.IsMet(result);
            output.WriteLine($"  {(one.IsMet(result) ? "met   " : "MISSED")} {one.Name}: {result} (targets: goodput {one.LeastGoodput}, {one.MostRefused} per 1,000)");
        }

        FleetResult blind = FleetCases.Prefixes(folder, aware: false);
        FleetResult aware = FleetCases.Prefixes(folder, aware: true);
        output.WriteLine($"  prefixes: blind {blind.Span.TotalSeconds:0} s with {blind.Refused} x 429, aware {aware.Span.TotalSeconds:0} s with {aware.Refused} x 429 of {aware.Sent}");
        met &= Budget.AtLeast("blind / aware", blind.Span / aware.Span, PrefixTarget, output) == Verdict.Met;
        return met ? Verdict.Met : Verdict.Missed;
    }
}
