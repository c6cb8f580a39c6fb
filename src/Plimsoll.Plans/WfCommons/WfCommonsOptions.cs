using Plimsoll.Core.Units;

namespace Plimsoll.Plans.WfCommons;

/// <summary>How a recorded workflow becomes synthetic tasks.</summary>
/// <param name="TimeScale">Recorded seconds are multiplied by this; above 0.</param>
/// <param name="MemoryScale">Recorded memory and <paramref name="Capacity"/> are multiplied by this; above 0.</param>
/// <param name="AsNoop">In-process no-op work instead of processes that hold memory.</param>
/// <param name="Capacity">Memory of the machine in the recording's units; null = judged live.</param>
/// <param name="Cores">Cores of the machine; null = not limited.</param>
public sealed record WfCommonsOptions(
    double TimeScale = 1,
    double MemoryScale = 1,
    bool AsNoop = false,
    Bytes? Capacity = null,
    double? Cores = null)
{
    /// <summary>Reads <c>1/1000</c>, <c>0.001</c> or <c>2</c>; refuses zero, negative and non-finite values.</summary>
    public static bool TryParseScale(string text, out double scale)
    {
        string[] parts = text.Split('/', 2);
        bool read = double.TryParse(parts[0], System.Globalization.CultureInfo.InvariantCulture, out scale);
        if (read && parts.Length == 2)
        {
            read = double.TryParse(parts[1], System.Globalization.CultureInfo.InvariantCulture, out double divisor);
            scale /= divisor;
        }

        return read && double.IsFinite(scale) && scale > 0;
    }
}
