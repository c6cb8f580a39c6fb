using System.Text.Json;
using Plimsoll.Client;
using Plimsoll.Client.Events;
using Plimsoll.Client.Runs;
using Plimsoll.EndToEnd.Support;
using Xunit;

namespace Plimsoll.EndToEnd.LoadLine;

/// <summary>A small host, played by a memory cgroup, that somebody else uses too.</summary>
public sealed class NeighbourTests
{
    private const string Plan = """
        tasks:
          job:
            matrix: {n: [1, 2, 3, 4, 5, 6]}
            run: [plimsoll, burn, --memory, 100M, --seconds, "3"]
            memory: 100M
        """;

    [Fact]
    public async Task Another_process_that_eats_memory_makes_plimsoll_start_less_and_not_die()
    {
        MemoryCgroups.Require();
        using PlayedHost host = new(mebibytes: 800);
        SummaryView alone = await RunAsync(host);
        Assert.Equal(6, alone.Succeeded);
        Assert.True(alone.MaxConcurrency >= 4, $"alone {alone.MaxConcurrency} at once: the host is not the limit that the test means");

        using TemporaryProject neighbour = new();
        using RunningProcess eater = host.Start(neighbour, $"exec '{TemporaryProject.Executable}' burn --memory 450M --seconds 600");
        await TemporaryProject.UntilAsync(() => host.UsedMebibytes > 350, "the neighbour holds its memory");
        SummaryView beside = await RunAsync(host);
        eater.Send(Signal.Kill);

        Assert.Equal(6, beside.Succeeded);
        Assert.Equal(0, beside.Pressure?.Evictions ?? 0);
        Assert.True(beside.MaxConcurrency < alone.MaxConcurrency, $"{beside.MaxConcurrency} at once beside the neighbour, {alone.MaxConcurrency} without it");
        Assert.Equal(0, host.Kills);
    }

    private static async Task<SummaryView> RunAsync(PlayedHost host)
    {
        using TemporaryProject project = new();
        project.Write("plan.yaml", Plan.Replace("[plimsoll,", $"['{TemporaryProject.Executable}',", StringComparison.Ordinal));
        ProcessResult ran = await project.PlimsollAsync("run", "plan.yaml", "--json", "--set", $"host.cgroup={host.Folder}");
        return ran.Ended(0).Stdout.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => JsonSerializer.Deserialize(line, PlimsollJsonContext.Default.RunEventView))
            .OfType<RunFinishedView>().Single().Summary;
    }
}
