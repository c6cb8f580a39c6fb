using Plimsoll.Core.Explain;
using Plimsoll.Core.Lifecycle;

namespace Plimsoll.Calibration.Simulation.Reporting;

/// <summary>What ready tasks waited for, in task-seconds by cause; asked of the kernel ever more seldom, a few hundred times in all.</summary>
internal sealed class WaitRecorder
{
    private const int Asked = 24;
    private const int Most = 64;

    private readonly Dictionary<string, double> byCause = new(StringComparer.Ordinal);
    private readonly Dictionary<string, double> shares = new(StringComparer.Ordinal);
    private DateTimeOffset last;
    private int ready;
    private long turns;
    private long stride = 1;
    private int asked;

    public IReadOnlyDictionary<string, double> ByCause => byCause;

    public double TotalSeconds { get; private set; }

    public void Look(IScheduler scheduler, DateTimeOffset now)
    {
        if (++turns % stride != 0)
        {
            return;
        }

        if (++asked % Most == 0)
        {
            stride *= 2;
        }

        double passed = last == default ? 0 : (now - last).TotalSeconds;
        TotalSeconds += passed * ready;
        foreach ((string cause, double share) in shares)
        {
            byCause[cause] = byCause.GetValueOrDefault(cause) + (passed * ready * share);
        }

        last = now;
        KernelSnapshot snapshot = scheduler.Line(now, Asked);
        ready = snapshot.Runs.Sum(static run => run.Counts[(int)TaskState.Ready] + run.Counts[(int)TaskState.Retrying]);
        shares.Clear();
        foreach (IGrouping<string, WaitingSnapshot> cause in snapshot.Waiting.GroupBy(static waiting => waiting.Reason.Code, StringComparer.Ordinal))
        {
            shares[cause.Key] = cause.Count() / (double)snapshot.Waiting.Length;
        }
    }
}
