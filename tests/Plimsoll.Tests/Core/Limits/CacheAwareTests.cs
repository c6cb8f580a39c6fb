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
    public void Counting_cache_reads_as_free_sends_half_as_many_calls_more()
    {
        Component.RequirePath(TraceFile, "recorded calls in ../shared/data/llm");
        List<(long, PrefixMark[])> calls = [.. File.ReadLines(TraceFile).Select(Read)];
        int[] answered = new int[2];
        foreach (bool aware in (bool[])[false, true])
        {
            var simulation = new CacheSimulation(new ModelBucket(100_000, depthSeconds: 60, debt: false), calls, aware);
            simulation.Run(TestLevel.Count(300, 900, 900));
            answered[aware ? 1 : 0] = simulation.Answered;
            TestContext.Current.SendDiagnosticMessage($"aware {aware}: {simulation.Answered} calls, {simulation.Refused} refused, {simulation.Held} held for a leader");
            Assert.Equal(0, simulation.Refused);
        }

        Assert.True(answered[1] >= 1.5 * answered[0], $"{answered[1]} calls against {answered[0]}");
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
