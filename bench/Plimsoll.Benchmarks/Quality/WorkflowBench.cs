using System.Globalization;
using Plimsoll.Benchmarks.Frame;

namespace Plimsoll.Benchmarks.Quality;

/// <summary>Wall time of a recorded workflow under a memory limit, beside what packing allows.</summary>
internal sealed class WorkflowBench : IBenchmark
{
    private const double OverBound = 1.10;
    private const double CapacityBytes = 4.0 * (1L << 30);
    private const int Cores = 8;
    private const int NoopTimeScale = 1000;
    private const int BurnTimeScale = 50;
    private const int BurnMemoryScale = 16;

    public string Verb => "workflow";

    public string Question => "How close to the packing bound does bwa (1,004 tasks, 4G, 8 cores) finish, as noop at 1/1000 and as burns at 1/50 and memory 1/16?";

    public string Control => "the same work one task at a time (-j 1, noop): it must miss the bound by far";

    public string Rivals => "the packing bound itself; greedy list scheduling with known peaks reaches 6,668 s";

    public Verdict? Run(BenchmarkOptions options, TextWriter output)
    {
        string recording = options.Text("recording", Path.GetFullPath(Path.Combine(Workbench.Root, "..", "shared", "data", "wfinstances", "bwa-chameleon-large-001.json")));
        if (!File.Exists(recording))
        {
            output.WriteLine($"  no recording at {recording}; --recording FILE names another");
            return Verdict.Inconclusive;
        }

        PackingBound bound = PackingBound.Of(recording, CapacityBytes, Cores);
        output.WriteLine($"  bound {bound.Seconds:N0} s = head {bound.HeadSeconds:N0} + ceil({bound.Width} / {bound.Fit}) x {bound.MedianSeconds:N2} + join {bound.JoinSeconds:N0}");
        using Workbench bench = new();
        List<Verdict> verdicts = [];
        if (!options.Has("burns"))
        {
            double noop = Ratio(bench, recording, bound, NoopTimeScale, ["--as", "noop"], output);
            verdicts.Add(Budget.AtMost("noop at 1/1000: wall / bound", noop, OverBound, output));
            double control = Ratio(bench, recording, bound, NoopTimeScale, ["--as", "noop", "-j", "1"], output);
            output.WriteLine($"  control, one at a time: wall / bound {control:0.###}");
            if (control < OverBound)
            {
                return Verdict.Inconclusive;
            }
        }

        if (!options.Has("noop"))
        {
            double burns = Ratio(bench, recording, bound, BurnTimeScale, [], output);
            verdicts.Add(Budget.AtMost("burns at 1/50: wall / bound", burns, OverBound, output));
        }

        return verdicts.Contains(Verdict.Missed) ? Verdict.Missed : Verdict.Met;
    }

    private static double Ratio(Workbench bench, string recording, PackingBound bound, int timeScale, string[] flags, TextWriter output)
    {
        string[] arguments =
        [
            "run", "-q", "--state", bench.FreshState(), "--format", "wfcommons", recording,
            "--time-scale", $"1/{timeScale.ToString(CultureInfo.InvariantCulture)}",
            "--memory-scale", $"1/{BurnMemoryScale.ToString(CultureInfo.InvariantCulture)}",
            "--capacity", "4G", "--cores", Cores.ToString(CultureInfo.InvariantCulture), .. flags,
        ];
        TimeSpan wall = Stopwatched.Run(Workbench.Plimsoll, arguments, bench.Folder);
        double scaled = bound.Seconds / timeScale;
        output.WriteLine($"  wall {wall.TotalSeconds:N2} s, bound {scaled:N2} s ({string.Join(' ', flags)})");
        return wall.TotalSeconds / scaled;
    }
}
