using System.Collections.Concurrent;
using Plimsoll.Core.Identity;
using Plimsoll.Core.Inputs;
using Plimsoll.Core.Ports;
using Plimsoll.Engine.InProcess;
using Plimsoll.Engine.Processes;
using Plimsoll.Engine.Processes.Native;

namespace Plimsoll.Benchmarks.Micro;

/// <summary>Question: how close do direct and supervised starts come to a bare posix_spawn loop, two at a time, <c>/bin/true</c>?</summary>
/// <remarks>The bare loop runs before and after; when its two rates differ by more than a quarter the answer is "inconclusive". Verb <c>spawn [count]</c>.</remarks>
internal sealed unsafe class SpawnBench : IInputSink, IDisposable
{
    private const int InFlight = 2;
    private readonly string folder = Directory.CreateTempSubdirectory("plimsoll-spawn-").FullName;
    private readonly BlockingCollection<AttemptEnded> ended = [];

    public static int Run(int count)
    {
        using SpawnBench bench = new();
        double before = Bare(count);
        double direct = bench.Executor(count, StartMode.Direct);
        double supervised = bench.Executor(count, StartMode.Supervised);
        double after = Bare(count);
        double bare = (before + after) / 2;
        Console.WriteLine($"bare posix_spawn loop   {before,8:0} /s before, {after:0} /s after");
        Console.WriteLine($"direct, output files    {direct,8:0} /s  {direct / bare:0.00} of bare (wanted: 0.80)");
        Console.WriteLine($"supervised              {supervised,8:0} /s  {supervised / bare:0.00} of bare (wanted: 1000 /s)");
        Console.WriteLine($"noop, no duration       {bench.Noop(count * 100, TimeSpan.Zero),8:0} /s (wanted: 200000 /s)");
        Console.WriteLine($"noop, 1 ms              {bench.Noop(count * 100, TimeSpan.FromMilliseconds(1)),8:0} /s");
        bool steady = before / after is > 0.75 and < 1.33;
        Console.WriteLine(!steady ? "inconclusive: the machine was not steady" : direct >= 0.8 * bare && supervised >= 1000 ? "met" : "not met");
        return 0;
    }

    public void Post(Input input)
    {
        if (input is AttemptEnded end)
            ended.Add(end);
    }

    public void Dispose()
    {
        ended.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    /// <summary>The control: two children, no files, no session, wait for whichever ends first.</summary>
    private static double Rate(int count, long begun) => count / TimeProvider.System.GetElapsedTime(begun).TotalSeconds;

    internal static double Bare(int count)
    {
        using NativeStrings strings = new();
        int path = strings.Add("/bin/true");
        int variable = strings.Add("PATH=/bin");
        byte** arguments = strings.Vectors(path, variable, out byte** environment);
        long begun = TimeProvider.System.GetTimestamp();
        int running = 0;
        for (int index = 0; index < count; index++)
        {
            if (running == InFlight)
            {
                _ = LibC.Wait(-1, null, 0, null);
                running--;
            }

            int pid;
            if (PosixSpawn.Spawn(&pid, strings[path], null, null, arguments, environment) != 0)
                throw new InvalidOperationException("posix_spawn failed");

            running++;
        }

        while (running-- > 0)
            _ = LibC.Wait(-1, null, 0, null);

        return Rate(count, begun);
    }

    private double Executor(int count, StartMode mode)
    {
        using ProcessExecutor executor = new(this, "bench" + mode, TimeProvider.System, Fail);
        long begun = TimeProvider.System.GetTimestamp();
        for (int index = 0; index < count; index++)
        {
            if (index >= InFlight)
                Check(ended.Take());

            string stem = $"{folder}/{mode}.{index}";
            AttemptFiles files = new(stem + ".out", stem + ".err", stem + ".pid", stem + ".exit", stem + ".values");
            executor.Start(new ProcessLaunch(Attempt(index), ["/bin/true"], ["PATH=/bin"], folder, mode, files, TimeSpan.FromSeconds(1)));
        }

        for (int index = 0; index < Math.Min(InFlight, count); index++)
            Check(ended.Take());

        return Rate(count, begun);
    }

    private double Noop(int count, TimeSpan duration)
    {
        using NoopExecutor executor = new(this, TimeProvider.System, Fail);
        long begun = TimeProvider.System.GetTimestamp();
        for (int index = 0; index < count; index++)
            executor.Start(Attempt(index), duration);

        for (int index = 0; index < count; index++)
            Check(ended.Take());

        return Rate(count, begun);
    }

    private static AttemptId Attempt(int index) => new(new TaskId(new RunId(1), index), 1, index + 1);

    private static void Check(AttemptEnded end)
    {
        if (end.Report.ExitCode != 0)
            throw new InvalidOperationException(end.ToString());
    }

    private static void Fail(Exception exception) => Console.Error.WriteLine(exception);
}
