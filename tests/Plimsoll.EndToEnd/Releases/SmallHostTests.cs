using Plimsoll.EndToEnd.Support;
using Plimsoll.Tests.Repository;
using Plimsoll.Tests.Support;
using Xunit;

namespace Plimsoll.EndToEnd.Releases;

/// <summary>A machine with 2 GB and no swap, where 15 jobs of 300 to 500 MB meet the kernel's killer, and with Plimsoll do not.</summary>
public sealed class SmallHostTests
{
    /// <summary>What bench/small-host/run exits with when the emulated machine did not come to its end.</summary>
    private const int NoResult = 75;

    private static readonly Dictionary<string, string?> Bounded = new(StringComparer.Ordinal) { ["SMALL_HOST_SECONDS"] = "360" };

    [Fact]
    public async Task A_real_small_host_survives_what_it_does_not_survive_without_plimsoll()
    {
        Assert.SkipWhen(TestLevel.Current == "quick", "booting a machine takes minutes: levels all and soak");
        Component.Require("qemu-system-x86_64");
        Component.Require("busybox");
        Component.Require("cpio");
        using RunningProcess both = RunningProcess.Start(Path.Combine(RepositoryFiles.Root, "bench", "small-host", "run"), [], RepositoryFiles.Root, Bounded);
        ProcessResult result = await both.WaitAsync(TestContext.Current.CancellationToken, TimeSpan.FromMinutes(25));

        Assert.SkipWhen(result.ExitCode == NoResult, "the emulator stalled: nothing was shown");
        Assert.True(result.ExitCode == 0, $"bench/small-host/run says:\n{result.Stdout}\n{result.Stderr}");
        Assert.Matches(@"(?m)^accident +\d+ of 15 jobs succeeded, [1-9]\d* killed by the kernel", result.Stdout);
        Assert.Matches("(?m)^plimsoll +15 of 15 jobs succeeded, 0 killed by the kernel", result.Stdout);
    }
}
