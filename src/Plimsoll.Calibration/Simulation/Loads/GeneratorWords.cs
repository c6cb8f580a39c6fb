using System.Globalization;
using Plimsoll.Core.Units;

namespace Plimsoll.Calibration.Simulation.Loads;

/// <summary>Reads <c>generate:tasks=1000,memory=2G</c>.</summary>
public static class GeneratorWords
{
    public const string Prefix = "generate";
    public const string Keys = "tasks (1 to 10000000), classes (1 to 100000), needs (0 to 1000), width (1 to 10000000), seconds (0.001 to 10000000), memory, burst, burst-share (0 to 1), cpu (0 to 1024), spread (0 to 3) and failures (0 to 1)";

    /// <summary>The load that is wanted, or what is wrong with the word that was found.</summary>
    public static (GeneratedShape? Shape, string? Error) Read(string text)
    {
        GeneratedShape shape = GeneratedShape.Default;
        string list = text.Length > Prefix.Length ? text[(Prefix.Length + 1)..] : "";
        bool hasWidth = false;
        foreach (string pair in list.Split(',', StringSplitOptions.RemoveEmptyEntries))
        {
            string[] parts = pair.Split('=', 2);
            GeneratedShape? next = parts.Length == 2 ? With(shape, parts[0], parts[1]) : null;
            if (next is null)
            {
                return (null, pair);
            }

            hasWidth |= parts[0] == "width";
            shape = next;
        }

        return (hasWidth ? shape : shape with { Width = shape.Needs == 0 ? shape.Tasks : Math.Max(1, shape.Tasks / 10) }, null);
    }

    private static GeneratedShape? With(GeneratedShape shape, string key, string value) => key switch
    {
        "tasks" when Whole(value, 1, 10_000_000) is { } count => shape with { Tasks = count },
        "classes" when Whole(value, 1, 100_000) is { } count => shape with { Classes = count },
        "needs" when Whole(value, 0, 1000) is { } count => shape with { Needs = count },
        "width" when Whole(value, 1, 10_000_000) is { } count => shape with { Width = count },
        "seconds" when Number(value, 1e-3, 1e7) is { } number => shape with { Seconds = number },
        "memory" when Bytes.TryParse(value, out Bytes size) => shape with { MemoryBytes = size.Value },
        "burst" when Bytes.TryParse(value, out Bytes size) => shape with { BurstBytes = size.Value },
        "burst-share" when Number(value, 0, 1) is { } number => shape with { BurstShare = number },
        "cpu" when Number(value, 0, 1024) is { } number => shape with { Cpu = number },
        "spread" when Number(value, 0, 3) is { } number => shape with { Spread = number },
        "failures" when Number(value, 0, 1) is { } number => shape with { FailureShare = number },
        _ => null,
    };

    private static int? Whole(string text, int least, int most) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number >= least && number <= most ? number : null;

    private static double? Number(string text, double least, double most) =>
        double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double number) && number >= least && number <= most ? number : null;
}
