using static Plimsoll.Tests.Core.Simulation.BlockBuilder;

namespace Plimsoll.Tests.Core.Simulation;

/// <summary>Kinds of load for a host of 16 GB: agents with bursts, late bursts, ramps, many tiny tasks, and mixtures.</summary>
internal static class SimulatedLoads
{
    public static Dictionary<string, MemoryScript> Of(string load, Random random, out BlockBuilder block)
    {
        Dictionary<string, MemoryScript> scripts = new(StringComparer.Ordinal);
        block = new BlockBuilder();
        int count = load == "tiny" ? 300 : 60;
        for (int i = 0; i < count; i++)
        {
            string kind = load is "mixed" or "foreign" ? new[] { "bursty", "late", "ramps", "tiny" }[i % 4] : load;
            double seconds = 20 + (random.NextDouble() * 20);
            double from = seconds * random.NextDouble() * 0.8;
            scripts[$"t{i}"] = kind switch
            {
                "bursty" => MemoryScript.Bursty(seconds, 200 + random.Next(100), 1500 + random.Next(500), from, from + (seconds * 0.15)),
                "late" => MemoryScript.Bursty(seconds, 300, 2000 + random.Next(1000), seconds * 0.8, seconds, 3),
                "ramps" => MemoryScript.Ramp(seconds, 500 + random.Next(1500)),
                _ => MemoryScript.Steady(0.1 + (random.NextDouble() * 0.3), 20),
            };
            block.Task($"t{i}", Shape(kind));
        }

        return scripts;
    }
}
