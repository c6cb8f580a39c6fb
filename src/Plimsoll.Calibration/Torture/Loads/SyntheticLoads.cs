using System.Globalization;

namespace Plimsoll.Calibration.Torture.Loads;

/// <summary>Loads of adversarial jobs, the same for the same seed.</summary>
/// <param name="program">The plimsoll executable, whose <c>burn</c> is every job.</param>
internal sealed class SyntheticLoads(string program, long hostBytes)
{
    private const long SmallestPeak = 48L << 20;
    private const long BytesPerProcess = 64L << 20;

    // Pages of the program itself, which every process maps and the host does not pay for: seen in /proc/PID/status as RssFile.
    private const long ProgramBytes = 26L << 20;
    private const int MixedClasses = 6;
    private static readonly JobKind[] Kinds = Enum.GetValues<JobKind>();

    /// <summary>Jobs of one class; the seed chooses its kind, one after the other.</summary>
    public TortureLoad Homogeneous(int seed, int count)
    {
        Random random = new(seed);
        JobKind kind = Kinds[(seed - 1) % Kinds.Length];
        TortureJob[] jobs = [.. Enumerable.Range(0, count).Select(number => Job(number, Word(kind), kind, 0.14, 4, random))];
        return new($"homogeneous-{Word(kind)}", TortureTargets.Homogeneous, jobs, []);
    }

    /// <summary>Six classes of different kind, size and life, in random order: half small, two medium, one large.</summary>
    public TortureLoad Mixed(int seed, int count)
    {
        Random random = new(seed);
        JobKind[] kinds = [.. Kinds];
        random.Shuffle(kinds);
        double[] shares = [0.06, 0.08, 0.1, 0.16, 0.22, 0.4];
        double[] lives = [.. Enumerable.Range(0, MixedClasses).Select(_ => 2 + (4 * random.NextDouble()))];
        int[] choice = [0, 0, 0, 1, 1, 1, 2, 2, 3, 3, 4, 5];
        List<TortureJob> jobs = [];
        for (int number = 0; number < count; number++)
        {
            int chosen = choice[number % choice.Length];
            jobs.Add(Job(number, Name(chosen, kinds[chosen]), kinds[chosen], shares[chosen], lives[chosen], random));
        }

        TortureJob[] shuffled = [.. jobs];
        random.Shuffle(shuffled);
        return new("mixed", TortureTargets.Mixed, shuffled, []);
    }

    private TortureJob Job(int number, string name, JobKind kind, double share, double life, Random random)
    {
        // A tenth up and down: jobs of a class are alike, not equal.
        double seconds = Math.Round(life * (0.9 + (0.2 * random.NextDouble())), 2);
        long peak = Math.Max(SmallestPeak, (long)(share * hostBytes * (0.9 + (0.2 * random.NextDouble()))));
        int processes = (int)Math.Clamp(peak / BytesPerProcess, 2, 6);
        if (kind == JobKind.ForkStorm)
            peak = Math.Max(peak, processes * BytesPerProcess);

        MemoryCurve curve = MemoryCurve.Of(kind, peak, seconds);
        string extra = kind switch
        {
            JobKind.ForkStorm => $" --processes {processes}",
            JobKind.PageCacheHog => $" --file \"$JOB/cache\" --file-size {peak / 1024}K",
            JobKind.SlowStarter => " --start-cpu 300ms",
            _ => "",
        };
        string command = string.Create(CultureInfo.InvariantCulture, $"'{program}' burn --curve {curve}{extra}");
        double charged = curve.Without(ProgramBytes * (kind == JobKind.ForkStorm ? processes : 1)).ByteSeconds;
        return new(number, name, command, curve.PeakBytes, charged, seconds);
    }

    private static string Name(int index, JobKind kind) => $"{Word(kind)}-{(char)('a' + index)}";

    private static string Word(JobKind kind) =>
        string.Concat(kind.ToString().Select((letter, at) => at > 0 && char.IsUpper(letter) ? $"-{char.ToLowerInvariant(letter)}" : char.ToLowerInvariant(letter).ToString()));
}
