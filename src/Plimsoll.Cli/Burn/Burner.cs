using System.Globalization;
using Plimsoll.Daemon.Diagnostics;

namespace Plimsoll.Cli.Burn;

/// <summary>A synthetic job: holds memory and, if asked, keeps processors busy until its life is over.</summary>
/// <remarks>The size is what the kernel counts for the whole process; the part of the runtime is measured and taken off, again at every step.</remarks>
internal sealed class Burner(TimeProvider time, TextWriter warnings)
{
    private const double Mebibyte = 1048576;
    private static readonly TimeSpan ConstantStep = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan CurveStep = TimeSpan.FromMilliseconds(20);

    /// <summary>Runs in this process; Linux only.</summary>
    /// <returns>0, or 143 when it was cancelled.</returns>
    public int Run(BurnOptions options, CancellationToken cancellation)
    {
        long origin = time.GetTimestamp();
        TimeSpan age = OwnProcess.Age();
        TimeSpan Now() => age + time.GetElapsedTime(origin);

        long floor = OwnProcess.ResidentBytes();
        if (options.LargestBytes < floor)
        {
            warnings.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"plimsoll burn: {options.LargestBytes / Mebibyte:0.#} MiB is less than the runtime itself holds; the size will be {floor / Mebibyte:0.#} MiB"));
        }

        using Ballast ballast = new(options.LargestBytes);
        List<Action<CancellationToken>> work = [.. Enumerable.Repeat<Action<CancellationToken>>(Compute, options.CpuThreads)];
        if (options.File is { } file)
            work.Add(over => FileChurn.Run(file, options.FileBytes, over));
        using OwnedWork? beside = work.Count > 0 ? new OwnedWork(nameof(Burner), work) : null;

        while (Now() < options.StartCpu && !cancellation.IsCancellationRequested)
            Thread.SpinWait(1000);

        Follow(options, ballast, Now, cancellation);
        beside?.Stop();
        return cancellation.IsCancellationRequested ? 143 : 0;
    }

    private static void Follow(BurnOptions options, Ballast ballast, Func<TimeSpan> now, CancellationToken cancellation)
    {
        TimeSpan step = options.Curve.Count > 1 ? CurveStep : ConstantStep;
        TimeSpan at = now();
        while (at < options.Life && !cancellation.IsCancellationRequested)
        {
            long runtime = OwnProcess.ResidentBytes() - ballast.HeldBytes;
            ballast.Hold(options.ResidentBytesAt(at) - runtime);
            at = now();
            TimeSpan left = options.Life - at;
            if (left > TimeSpan.Zero)
                cancellation.WaitHandle.WaitOne(left < step ? left : step);

            at = now();
        }
    }

    private static void Compute(CancellationToken over)
    {
        while (!over.IsCancellationRequested)
            Thread.SpinWait(1000);
    }
}
