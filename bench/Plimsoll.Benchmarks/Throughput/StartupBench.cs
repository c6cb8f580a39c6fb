using Plimsoll.Benchmarks.Frame;

namespace Plimsoll.Benchmarks.Throughput;

/// <summary>Time until the first useful thing: the version, and the end of a plan of one task.</summary>
internal sealed class StartupBench : IBenchmark
{
    private const double VersionSeconds = 0.080;
    private const double OneTaskSeconds = 0.250;

    private static readonly string[] OthersKnown = ["git", "node"];

    public string Verb => "startup";

    public string Question => "How long do ./plimsoll --version and a plan of one task take, launcher included?";

    public string Control => "/bin/true through the same shell: what starting anything costs here";

    public string Rivals => "git --version, node --version, where they are";

    public Verdict? Run(BenchmarkOptions options, TextWriter output)
    {
        int rounds = options.Count("rounds", 20);
        using Workbench bench = new();
        string launcher = Path.Combine(Workbench.Root, "plimsoll");
        string plan = bench.Write("one.yaml", "name: one\ntasks:\n  only: { run: [/bin/true] }\n");
        List<Contender> contenders =
        [
            new("/bin/true", 1, () => Stopwatched.Run("/bin/true", [], bench.Folder)),
            new("plimsoll --version", 1, () => Stopwatched.Run(launcher, ["--version"], bench.Folder)),
            new("plimsoll run one.yaml", 1, () => Stopwatched.Run(launcher, ["run", "-q", "--state", bench.FreshState(), plan], bench.Folder)),
        ];
        contenders.AddRange(OthersKnown.Where(Workbench.Has).Select(program => new Contender($"{program} --version", 1, () => Stopwatched.Run(program, ["--version"], bench.Folder))));
        _ = contenders[1].Measure();

        Dictionary<string, Measurement> results = options.Note(Interleaved.Run(contenders, rounds, output)).ToDictionary(result => result.Name, StringComparer.Ordinal);
        double nothing = 1 / results["/bin/true"].Median;
        Verdict version = Budget.AtMost("seconds of --version", 1 / results["plimsoll --version"].Median, VersionSeconds, output);
        Verdict run = Budget.AtMost("seconds of a one-task plan beyond the task", (1 / results["plimsoll run one.yaml"].Median) - nothing, OneTaskSeconds, output);
        return version == Verdict.Met && run == Verdict.Met ? Verdict.Met : Verdict.Missed;
    }
}
