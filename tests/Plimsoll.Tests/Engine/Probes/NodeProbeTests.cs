using Plimsoll.Core.Capacity;
using Plimsoll.Core.Identity;
using Plimsoll.Core.Lifecycle;
using Plimsoll.Core.Units;
using Plimsoll.Engine.Isolation;
using Plimsoll.Engine.Probes;
using Plimsoll.Engine.Processes;
using Plimsoll.Tests.Engine.Isolation;
using Plimsoll.Tests.Engine.Processes;
using Plimsoll.Tests.Support;
using Xunit;

namespace Plimsoll.Tests.Engine.Probes;

[Collection(ProcessCollection.Name)]
public sealed class NodeProbeTests
{
    // tail keeps 30 MB in memory, looking for the last line.
    private const string Hold = "(head -c 30000000 /dev/zero; echo full >&2; sleep 1000) | tail -n 1";

    [Fact]
    public void The_machine_has_memory_and_some_of_it_is_free()
    {
        using NodeProbe probe = new(null, null, null, TimeProvider.System, Assert.Fail);
        probe.Read();
        Assert.InRange(probe.Memory.Free.Value, 1, probe.Memory.Limit.Value);
        Assert.Equal(Bytes.Zero, probe.Memory.Tasks);
    }

    [Fact]
    public async Task Memory_of_a_task_and_its_descendants_is_counted_without_a_leaf_and_its_peak_reported()
    {
        using ProcessHarness harness = new();
        using NodeProbe probe = new(harness.Executor, null, null, TimeProvider.System, Assert.Fail);
        AttemptId attempt = harness.Start(harness.Shell(StartMode.Supervised, $"{Hold} & ({Hold}) & wait"));
        TaskSample sample = await Until(probe, task => task.Resident.Value >= 60_000_000);
        Assert.InRange(sample.Resident.Value, 60_000_000, 140_000_000);
        Assert.Equal(sample.Resident, probe.Memory.Tasks);
        harness.Kill(attempt, 10);
        ExitReport report = await harness.Ended(attempt);
        Assert.True(report.PeakResident >= sample.Resident);
        Assert.True(report.Footprint!.Peak >= sample.Resident);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_task_is_read_from_its_leaf_without_page_cache(bool unified)
    {
        using CgroupRig rig = new(unified);
        ProcessLaunch launch = rig.Harness.Shell(
            StartMode.Supervised, $"head -c 50000000 /dev/zero > cache; cat cache > /dev/null; {Hold} & echo ready; while :; do :; done");
        using NodeProbe probe = new(rig.Harness.Executor, rig.Parent, null, TimeProvider.System, Assert.Fail);
        AttemptId attempt = rig.Harness.Start(launch);
        TaskSample sample = await Until(probe, task => task.Resident > new Bytes(30_000_000) && task.Executable != 0);
        Assert.Equal(attempt, sample.Attempt);
        Assert.InRange(sample.Resident.Value, 30_000_000, 45_000_000);
        Assert.InRange(sample.Mapped.Value, 100_000, 10_000_000);
        Assert.True(sample.Cpu > TimeSpan.Zero);
        rig.Harness.Kill(attempt, 0);
        ExitReport report = await rig.Harness.Ended(attempt);
        Assert.True(report.Footprint!.Peak >= sample.Resident);
    }

    [Fact]
    public async Task A_child_that_comes_late_is_counted_although_processes_of_others_are_read_once()
    {
        using ProcessHarness harness = new();
        using NodeProbe probe = new(harness.Executor, null, null, TimeProvider.System, Assert.Fail);
        string fifo = Path.Combine(harness.Folder, "go");
        AttemptId attempt = harness.Start(harness.Shell(StartMode.Supervised, $"mkfifo '{fifo}'; echo ready; read line < '{fifo}'; {Hold}"));
        await harness.Written(attempt, "ready");
        for (int reading = 0; reading < 40; reading++)
            probe.Read();

        Assert.True(probe.Tasks[0].Resident.Value < 30_000_000);
        await File.WriteAllTextAsync(fifo, "go\n", TestContext.Current.CancellationToken);
        await Until(probe, task => task.Resident.Value >= 30_000_000);
    }

    [Fact]
    public async Task Pages_that_processes_share_count_once_without_a_leaf()
    {
        using ProcessHarness harness = new();
        using NodeProbe probe = new(harness.Executor, null, null, TimeProvider.System, Assert.Fail);
        harness.Start(harness.Shell(StartMode.Supervised, "for i in 1 2 3 4 5 6 7 8; do sleep 1000 & done; wait"));
        long raw = 0;
        TaskSample shared = await Until(probe, task =>
        {
            raw = harness.Remaining().Sum(pid => ProcStat.TryRead(pid, out ProcStat stat) ? stat.ResidentPages * System.Environment.SystemPageSize : 0);
            // Measured anew every time, so it settles when the processes have become what they are.
            return harness.Remaining().Count == 10 && task.Executable != 0 && task.Resident.Value > 500_000 && task.Resident.Value * 2 < raw;
        });
        Assert.True(shared.Mapped > Bytes.Zero);
    }

    [Fact]
    public async Task Equal_programs_are_recognised()
    {
        using CgroupRig rig = new();
        using NodeProbe probe = new(rig.Harness.Executor, rig.Parent, null, TimeProvider.System, Assert.Fail);
        foreach (string program in (string[])["sleep", "sleep", "cat"])
            rig.Harness.Start(rig.Harness.Launch(StartMode.Supervised, program, program == "cat" ? "/dev/zero" : "1000") with { InputPath = "/dev/zero" });

        // Until all three have become what they are: at first they are copies of their supervisors.
        await Until(probe, _ => probe.Tasks.Length == 3 && probe.Tasks[0].Executable == probe.Tasks[1].Executable
            && probe.Tasks[0].Executable is not 0 && probe.Tasks[2].Executable is not 0 && probe.Tasks[2].Executable != probe.Tasks[0].Executable);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_reading_of_many_attempts_allocates_nothing(bool leaves)
    {
        using CgroupRig rig = new();
        const int Attempts = 12;
        using NodeProbe probe = new(rig.Harness.Executor, rig.Parent, null, TimeProvider.System, Assert.Fail);
        for (int index = 0; index < Attempts; index++)
        {
            IsolationKind kind = leaves ? IsolationKind.Cgroup : IsolationKind.Process;
            rig.Harness.Start(rig.Harness.Launch(StartMode.Supervised, "sleep", "1000") with { Isolation = kind });
        }

        await Until(probe, _ => probe.Tasks.Length == Attempts && !probe.Tasks.ToArray().Any(task => task.Executable == 0));
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int index = 0; index < 100; index++)
            probe.Read();

        // Arrays that grow with the number of processes of the machine may grow once more.
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, leaves ? 0 : 65536);
    }

    [Fact]
    public void Stalls_are_the_change_of_the_total_over_a_second()
    {
        string file = Path.GetTempFileName();
        ManualTime time = new();
        void Write(long some, long full) => File.WriteAllText(
            file, $"some avg10=9.00 avg60=9.00 avg300=9.00 total={some}\nfull avg10=9.00 avg60=9.00 avg300=9.00 total={full}\n");

        Write(5_000_000, 1_000_000);
        using (PressureReader reader = PressureReader.Open(file, time)!)
        {
            for (int quarter = 1; quarter <= 8; quarter++)
            {
                time.Advance(TimeSpan.FromMilliseconds(250));
                Write(5_000_000 + (quarter * 100_000), 1_000_000 + (quarter * 25_000));
                PressureSample sample = reader.Read()!.Value;
                Assert.Equal(Math.Min(quarter, 4) * 0.1, sample.Some, 3);
                Assert.Equal(Math.Min(quarter, 4) * 0.025, sample.Full, 3);
            }

            File.WriteAllText(file, "nonsense");
            Assert.Null(reader.Read());
        }

        Assert.Null(PressureReader.Open(file, time));
        File.Delete(file);
    }

    [Fact]
    public async Task Without_a_leaf_a_task_over_its_limit_is_ended_by_the_watchdog_and_told_so()
    {
        using ProcessHarness harness = new();
        using NodeProbe probe = new(harness.Executor, null, null, TimeProvider.System, Assert.Fail);
        ProcessLaunch launch = harness.Shell(StartMode.Supervised, Hold) with { Limits = new TaskLimits(Bytes.FromMebibytes(20), null, null) };
        Task<ExitReport> ended = harness.Run(launch);
        while (!ended.IsCompleted)
        {
            probe.Read();
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, TestContext.Current.CancellationToken);
        }

        Assert.Equal((9, MemoryEnd.OwnLimit), ((await ended).Signal, (await ended).Evidence));
    }

    private static async Task<TaskSample> Until(NodeProbe probe, Predicate<TaskSample> condition)
    {
        using CancellationTokenSource patience = new(TimeSpan.FromSeconds(30));
        while (true)
        {
            probe.Read();
            foreach (TaskSample task in probe.Tasks.ToArray())
            {
                if (condition(task))
                    return task;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, patience.Token);
        }
    }
}
