using System.Globalization;
using System.Text.Json;

namespace Plimsoll.Tests.Gateway.Simulation;

/// <summary>The recorded calls beside the checkout.</summary>
internal static class RecordedTraces
{
    private const int BlockTokens = 512;

    /// <summary>An hour of coding calls (Azure LLM inference trace 2023), each with the seconds after the first.</summary>
    public static (IReadOnlyList<FleetCall> Calls, IReadOnlyList<double> Arrivals) Azure(string folder)
    {
        List<FleetCall> calls = [];
        List<double> arrivals = [];
        DateTime first = default;
        foreach (string line in File.ReadLines(Path.Combine(folder, "AzureLLMInferenceTrace_code.csv")).Skip(1))
        {
            string[] cells = line.Split(',');
            DateTime at = DateTime.Parse(cells[0], CultureInfo.InvariantCulture);
            first = first == default ? at : first;
            arrivals.Add((at - first).TotalSeconds);
            calls.Add(new(long.Parse(cells[1], CultureInfo.InvariantCulture), long.Parse(cells[2], CultureInfo.InvariantCulture), []));
        }

        return (calls, arrivals);
    }

    /// <summary>Long prompts that share their beginnings (Mooncake synthetic trace, FAST '25).</summary>
    public static IReadOnlyList<FleetCall> Mooncake(string folder)
    {
        List<FleetCall> calls = [];
        foreach (string line in File.ReadLines(Path.Combine(folder, "mooncake_synthetic_trace.jsonl")))
        {
            using JsonDocument call = JsonDocument.Parse(line);
            long input = call.RootElement.GetProperty("input_length").GetInt64();
            ulong hash = 1;
            List<(ulong, long)> blocks = [];
            foreach (JsonElement block in call.RootElement.GetProperty("hash_ids").EnumerateArray())
            {
                hash = unchecked((hash * 0x9E3779B97F4A7C15) + (ulong)block.GetInt64() + 1);
                blocks.Add((hash, Math.Min(input, (blocks.Count + 1L) * BlockTokens)));
            }

            calls.Add(new(input, call.RootElement.GetProperty("output_length").GetInt64(), blocks));
        }

        return calls;
    }
}
