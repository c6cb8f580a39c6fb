using Plimsoll.Core.Lifecycle;
using Plimsoll.Core.Units;
using Plimsoll.Engine.Isolation;
using Plimsoll.Engine.Processes;
using Plimsoll.Tests.Engine.Isolation;
using Xunit;

namespace Plimsoll.Tests.Engine.Processes;

[Collection(ProcessCollection.Name)]
public sealed class MemoryEvidenceTests
{
    private const string Allocate = "head -c 200000000 /dev/zero | tail -n 1";

    [Theory]
    [InlineData("node", 134, "FATAL ERROR: Reached heap limit Allocation failed - JavaScript heap out of memory\n----- Native stack trace -----", "V8")]
    [InlineData("dotnet", 134, "Unhandled exception. System.OutOfMemoryException: Array dimensions exceeded\n   at Program.Main()", ".NET")]
    [InlineData("dotnet", 134, "Out of memory.\n", ".NET")]
    [InlineData("java", 1, "Exception in thread \"main\" java.lang.OutOfMemoryError: Java heap space\n\tat A.main", "Java")]
    [InlineData("java", 3, "Terminating due to java.lang.OutOfMemoryError: Java heap space\n", "Java")]
    [InlineData("python", 1, "Traceback (most recent call last):\n  File \"a.py\", line 1, in <module>\nMemoryError\n", "Python")]
    [InlineData("python", 1, "numpy._core._exceptions._ArrayMemoryError: Unable to allocate 7.28 TiB for an array\n", "Python")]
    [InlineData("go", 2, "fatal error: runtime: out of memory\n\nruntime stack:", "Go")]
    [InlineData("ruby", 1, "-e:1:in `*': failed to allocate memory (NoMemoryError)\n", "Ruby")]
    [InlineData("cpp", 134, "terminate called after throwing an instance of 'std::bad_alloc'\n  what():  std::bad_alloc\n", "C++")]
    [InlineData("rust", 134, "memory allocation of 8589934592 bytes failed\n", "Rust")]
    [InlineData("a test that prints the words", 0, "FATAL ERROR: JavaScript heap out of memory", null)]
    [InlineData("a log line", 1, "caught MemoryError, going on\nValueError: x", null)]
    [InlineData("an abort", 134, "assertion failed\n", null)]
    public void A_runtime_that_gave_up_is_recognised(string what, int code, string tail, string? runtime)
    {
        Assert.NotEmpty(what);
        Assert.Equal(runtime, HeapAbort.RuntimeOf(code, tail));
    }

    [Theory]
    [InlineData("python3", "-c", "x = bytearray(1 << 62)")]
    [InlineData("node", "--max-old-space-size=16", "-e", "const a = []; for (;;) a.push(new Array(1000).fill(1.5))")]
    public async Task A_real_runtime_gives_up(params string[] command)
    {
        Tests.Support.Component.Require(command[0]);
        using ProcessHarness harness = new();
        ProcessLaunch launch = harness.Launch(StartMode.Supervised, command);
        string path = $"PATH={System.Environment.GetEnvironmentVariable("PATH")}";
        ExitReport report = await harness.Run(launch with { Environment = [path, $"HOME={System.Environment.GetEnvironmentVariable("HOME")}"] });
        Assert.Equal(MemoryEnd.HeapAbort, report.Evidence);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_end_at_its_own_limit_is_told_from_one_at_the_limit_of_all(bool own)
    {
        using CgroupRig rig = new();
        ProcessLaunch launch = rig.Harness.Shell(StartMode.Supervised, Allocate) with
        {
            Isolation = IsolationKind.Cgroup,
            Limits = TaskLimits.None with { Memory = own ? Bytes.FromMebibytes(32) : null },
        };
        if (!own)
            Assert.Equal(Bytes.FromMebibytes(32), rig.Parent.SetAggregate(Bytes.FromMebibytes(32), Bytes.FromMebibytes(4)));

        Assert.Equal(own ? MemoryEnd.OwnLimit : MemoryEnd.HostKiller, (await rig.Harness.Run(launch)).Evidence);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_SIGKILL_from_somebody_else_is_no_evidence(bool leaf)
    {
        using CgroupRig rig = new();
        ProcessLaunch launch = rig.Harness.Shell(StartMode.Supervised, "kill -9 $$") with
        {
            Isolation = leaf ? IsolationKind.Cgroup : IsolationKind.Process,
            Limits = new TaskLimits(Bytes.FromMebibytes(64), null, null),
        };
        ExitReport report = await rig.Harness.Run(launch);
        Assert.Equal((9, MemoryEnd.None), (report.Signal, report.Evidence));
    }

    [Fact]
    public async Task The_limit_of_all_is_never_set_below_what_they_use()
    {
        using CgroupRig rig = new();
        ProcessLaunch launch = rig.Harness.Shell(StartMode.Supervised, "(head -c 30000000 /dev/zero; echo ready >&2; sleep 1000) | tail -n 1") with
        {
            Isolation = IsolationKind.Cgroup,
        };
        rig.Harness.Start(launch);
        using CancellationTokenSource patience = new(TimeSpan.FromSeconds(30));
        while (!File.Exists(launch.Files.Error) || new FileInfo(launch.Files.Error).Length == 0)
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, patience.Token);

        Bytes inForce = rig.Parent.SetAggregate(Bytes.FromMebibytes(10), Bytes.FromMebibytes(8))!.Value;
        Assert.InRange(inForce.Value, 30_000_000 + (8 << 20), 80_000_000);
        Assert.Equal(Bytes.FromMebibytes(500), rig.Parent.SetAggregate(Bytes.FromMebibytes(500), default));
    }
}
