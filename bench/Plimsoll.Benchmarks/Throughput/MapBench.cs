using Plimsoll.Benchmarks.Frame;
using Plimsoll.Benchmarks.Micro;

namespace Plimsoll.Benchmarks.Throughput;

/// <summary>Starts per second of <c>plimsoll map</c> beside the tools people use today.</summary>
internal sealed class MapBench : IBenchmark
{
    private const double DirectToXargs = 1.2;
    private const double DirectToMake = 0.85;
    private const double SupervisedToXargs = 0.45;

    public string Verb => "map";

    public string Question => "How many /bin/true per second does plimsoll map start, 2 at a time, journalled, with output files?";

    public string Control => "a bare posix_spawn loop: no runner can be faster, and its spread shows whether the machine is quiet";

    public string Rivals => "xargs -P2 -n1, make -j2, ninja -j2, GNU parallel -j2";

    public Verdict? Run(BenchmarkOptions options, TextWriter output)
    {
        int items = options.Count("items", 3000);
        using Workbench bench = new();
        List<Contender> contenders = [.. Contenders(bench, items)];
        contenders.RemoveAll(contender => contender.Name.Split(' ')[0] is "xargs" or "make" or "ninja" or "parallel" && !Workbench.Has(contender.Name.Split(' ')[0]));
        Dictionary<string, Measurement> results = options.Note(Interleaved.Run(contenders, options.Count("rounds", 5), output)).ToDictionary(result => result.Name.Split(' ')[0], StringComparer.Ordinal);
        if (!results.TryGetValue("xargs", out Measurement? xargs) || !results.TryGetValue("make", out Measurement? make))
        {
            output.WriteLine("  xargs and make are needed for a verdict");
            return Verdict.Inconclusive;
        }

        return Budget.Of(
            results["posix_spawn"],
            output,
            Budget.AtLeast("direct / xargs", results["direct"].RatioTo(xargs), DirectToXargs, output),
            Budget.AtLeast("direct / make", results["direct"].RatioTo(make), DirectToMake, output),
            Budget.AtLeast("supervised / xargs", results["supervised"].RatioTo(xargs), SupervisedToXargs, output));
    }

    private static IEnumerable<Contender> Contenders(Workbench bench, int items)
    {
        int few = Math.Max(1, items / 10);
        string lines = bench.Write("lines", string.Concat(Enumerable.Range(1, items).Select(i => $"{i}\n")));
        string fewLines = bench.Write("few", string.Concat(Enumerable.Range(1, few).Select(i => $"{i}\n")));
        IEnumerable<string> targets = Enumerable.Range(1, items).Select(i => $"t{i}");
        bench.Write("Makefile", $"all: {string.Join(' ', targets)}\nt%:\n\t@/bin/true $@\n");
        bench.Write("build.ninja", "rule r\n  command = /bin/true $out\n" + string.Concat(targets.Select(target => $"build {target}: r\n")));

        yield return new("posix_spawn loop", items, () => TimeSpan.FromSeconds(items / SpawnBench.Bare(items)));
        yield return new("make -j2", items, () => Stopwatched.Run("make", ["-s", "-j2"], bench.Folder));
        yield return new("xargs -P2 -n1", items, () => Stopwatched.Run("xargs", ["-P2", "-n1", "/bin/true"], bench.Folder, lines));
        yield return new("ninja -j2", items, () => Stopwatched.Run("ninja", ["--quiet", "-j2"], bench.Folder));
        yield return new("parallel -j2 (a tenth)", few, () => Stopwatched.Run("parallel", ["--will-cite", "-j2", "/bin/true"], bench.Folder, fewLines));
        yield return new("direct map", items, () => Map(bench, lines, "--direct"));
        yield return new("supervised map", items, () => Map(bench, lines, "--supervised"));
    }

    private static TimeSpan Map(Workbench bench, string lines, params string[] flags) =>
        Stopwatched.Run(Workbench.Plimsoll, ["map", "-q", "-j", "2", "--state", bench.FreshState(), .. flags, "--", "/bin/true", "{}"], bench.Folder, lines);
}
