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
public sealed class PressureAlarmTests
{
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(1);

    [Fact]
    public void A_wake_up_ends_the_wait_even_when_it_comes_before()
    {
        using PressureAlarm alarm = new(null);
        TimeProvider time = TimeProvider.System;
        alarm.Wake();
        long begun = time.GetTimestamp();
        Assert.False(alarm.Wait(Long));
        Assert.True(time.GetElapsedTime(begun) < Long);
    }

    [Fact]
    public void Tasks_that_stall_end_the_wait_and_show_in_the_reading()
    {
        using CgroupRig rig = new();
        using PressureAlarm alarm = new(rig.Parent);
        Component.RequireThat(alarm.IsArmed, "a kernel that takes pressure triggers");
        // Reading in turns what does not fit under the limit keeps the kernel reclaiming.
        ProcessLaunch launch = rig.Harness.Shell(StartMode.Supervised, "head -c 100000000 /dev/zero > data; while :; do cat data data > /dev/null; done");
        rig.Harness.Start(launch with { Limits = new TaskLimits(Bytes.FromMebibytes(8), null, null) });
        Assert.True(alarm.Wait(Long));
        using NodeProbe probe = new(rig.Harness.Executor, rig.Parent, null, TimeProvider.System, Assert.Fail);
        probe.Read();
        alarm.Wait(TimeSpan.FromMilliseconds(500));
        alarm.Wait(TimeSpan.FromMilliseconds(500));
        probe.Read();
        Assert.InRange(probe.Pressure!.Value.Some, 0.001, 1);
    }
}
