using Plimsoll.Core.Identity;
using Plimsoll.Core.Lifecycle;
using Plimsoll.Engine.Processes;
using Xunit;

namespace Plimsoll.Tests.Engine.Processes;

[Collection(ProcessCollection.Name)]
public sealed class ExitTests
{
    [Theory]
    [InlineData(StartMode.Direct)]
    [InlineData(StartMode.Supervised)]
    public async Task Every_exit_code_is_reported_as_itself(StartMode mode)
    {
        using ProcessHarness harness = new();
        for (int code = 0; code <= 255; code++)
        {
            ExitReport report = await harness.Run(harness.Shell(mode, $"exit {code}"));
            Assert.Equal((code, null, null, false), ((int)report.ExitCode!, report.Signal, report.StartError, report.Gone));
        }
    }

    [Theory]
    [InlineData(StartMode.Direct, 1)]
    [InlineData(StartMode.Direct, 2)]
    [InlineData(StartMode.Direct, 9)]
    [InlineData(StartMode.Direct, 13)]
    [InlineData(StartMode.Direct, 15)]
    [InlineData(StartMode.Supervised, 1)]
    [InlineData(StartMode.Supervised, 3)]
    [InlineData(StartMode.Supervised, 9)]
    [InlineData(StartMode.Supervised, 11)]
    [InlineData(StartMode.Supervised, 15)]
    public async Task A_signal_is_told_apart_from_the_code_a_shell_gives_it(StartMode mode, int signal)
    {
        using ProcessHarness harness = new();
        ExitReport report = await harness.Run(harness.Shell(mode, $"kill -{signal} $$"));
        Assert.Equal((null, signal), (report.ExitCode, report.Signal));
        AttemptId attempt = harness.Start(harness.Shell(mode, $"exit {128 + signal}"));
        Assert.Equal(128 + signal, (await harness.Ended(attempt)).ExitCode);
        Assert.Empty(File.ReadAllText(harness.FilesOf(attempt).Error));
    }
}
