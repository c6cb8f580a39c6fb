using System.Text.Json;
using Plimsoll.Core.Limits.Learning;
using Plimsoll.Tests.Core.Limits.Simulation;
using Plimsoll.Tests.Repository;
using Plimsoll.Tests.Support;
using Xunit;

namespace Plimsoll.Tests.Core.Limits;

/// <summary>What it is worth to know which input the provider reads from its cache, in virtual time (Mooncake synthetic trace, FAST 2025).</summary>
public sealed class CacheAwareTests
{
    private const int BlockTokens = 512;
    private static readonly string TraceFile = Path.Combine(RepositoryFiles.Root, "..", "shared", "data", "llm", "mooncake_synthetic_trace.jsonl");

    [Fact]
    public void Counting_cache_reads_as_free_is_at_least_half_as_fast_again()
    {
        Component.RequirePath(TraceFile, "recorded calls in ../shared/data/llm");
        List<(long, PrefixMark[])> calls = [.. File.ReadLines(TraceFile).Select(Read)];
        double[] seconds = new double[2];
        foreach (bool aware in (bool[])[false, true])
        {
            var simulation = new CacheSimulation(new ModelBucket(25_000, depthSeconds: 60, debt: false), calls, aware);
            simulation.Run();
            seconds[aware ? 1 : 0] = simulation.Seconds;
            TestContext.Current.SendDiagnosticMessage($"aware {aware}: {simulation.Seconds:0} s, {simulation.Refused} refused, {simulation.Held} held for a leader");
            Assert.Equal(calls.Count, simulation.Answered);
            Assert.Equal(0, simulation.Refused);
        }

        Assert.True(seconds[0] >= 1.5 * seconds[1], $"{seconds[1]:0} s against {seconds[0]:0} s");
    }

    private static (long Input, PrefixMark[] Marks) Read(string line)
    {
        using JsonDocument call = JsonDocument.Parse(line);
        long input = call.RootElement.GetProperty("input_length").GetInt64();
        UInt128 hash = 1;
        List<PrefixMark> marks = [];
        foreach (JsonElement block in call.RootElement.GetProperty("hash_ids").EnumerateArray())
        {
            hash = unchecked((hash * 0x9E3779B97F4A7C15) + (UInt128)block.GetInt64() + 1);
            marks.Add(new PrefixMark(hash, Math.Min(input, (marks.Count + 1) * BlockTokens)));
        }

        return (input, [.. marks]);
    }
}
