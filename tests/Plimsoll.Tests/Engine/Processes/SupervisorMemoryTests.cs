using System.Globalization;
using Plimsoll.Core.Identity;
using Plimsoll.Core.Lifecycle;
using Plimsoll.Engine.Processes;
using Xunit;

namespace Plimsoll.Tests.Engine.Processes;

[Collection(ProcessCollection.Name)]
public sealed class SupervisorMemoryTests
{
    private const int MostKibibytes = 1024;

    [Fact]
    public async Task A_supervisor_has_at_most_one_MiB_of_memory_of_its_own()
    {
        using ProcessHarness harness = new();
        AttemptId[] attempts = [.. Enumerable.Range(0, 8).Select(_ => harness.Start(harness.Shell(StartMode.Supervised, "echo ready; sleep 1000")))];
        foreach (AttemptId attempt in attempts)
        {
            await harness.Written(attempt, "ready");
            ProcessIdentity supervisor = await harness.Started(attempt);
            string[] lines = File.ReadAllLines($"/proc/{supervisor.Pid}/smaps_rollup");
            int own = lines.Where(line => line.StartsWith("Private_", StringComparison.Ordinal)).Sum(Kibibytes);
            Assert.InRange(own, 1, MostKibibytes);
            harness.Kill(attempt, 0);
            await harness.Ended(attempt);
        }
    }

    private static int Kibibytes(string line) => int.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture);
}
