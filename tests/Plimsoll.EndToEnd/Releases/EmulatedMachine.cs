using Plimsoll.EndToEnd.Support;
using Plimsoll.Tests.Repository;
using Plimsoll.Tests.Support;
using Xunit;

namespace Plimsoll.EndToEnd.Releases;

/// <summary>A script of bench/ that boots a virtual machine under software emulation.</summary>
internal static class EmulatedMachine
{
    /// <summary>What the scripts exit with when the machine did not come to its end.</summary>
    private const int NoResult = 75;

    /// <summary>Its standard output; skips where nothing could be shown, fails when it says that something is not as it must be.</summary>
    /// <param name="secondsVariable">Environment variable that bounds one boot.</param>
    public static async Task<string> RunAsync(string folder, string secondsVariable, int seconds)
    {
        Assert.SkipWhen(TestLevel.Current == "quick", "booting a machine takes minutes: levels all and soak");
        Component.Require("qemu-system-x86_64");
        Component.Require("busybox");
        Component.Require("cpio");
        Dictionary<string, string?> bounded = new(StringComparer.Ordinal) { [secondsVariable] = seconds.ToString() };
        string script = Path.Combine(RepositoryFiles.Root, "bench", folder, "run");
        using RunningProcess running = RunningProcess.Start(script, [], RepositoryFiles.Root, bounded);
        ProcessResult result = await running.WaitAsync(TestContext.Current.CancellationToken, TimeSpan.FromMinutes(25));
        Assert.SkipWhen(result.ExitCode == NoResult, "the emulator stalled: nothing was shown");
        Assert.True(result.ExitCode == 0, $"{script} says:\n{result.Stdout}\n{result.Stderr}");
        return result.Stdout;
    }
}
