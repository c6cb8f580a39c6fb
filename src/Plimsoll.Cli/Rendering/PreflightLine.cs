using System.Globalization;
using Plimsoll.Client.Runs;

namespace Plimsoll.Cli.Rendering;

/// <summary>What the machine carries, in one line.</summary>
internal static class PreflightLine
{
    public static string Of(PreflightView preflight)
    {
        string origin = preflight.Origin switch
        {
            "declared" => "as declared",
            "learned" => "as learned",
            "configured" => "as configured",
            _ => "a guess until one has run",
        };
        string carries = preflight.Carries.ToString("#,0", CultureInfo.InvariantCulture);
        return $"Memory: {Figures.Bytes(preflight.TotalBytes)}, {Figures.Bytes(preflight.ReserveBytes)} of it kept for the host, "
            + $"{Figures.Bytes(preflight.PerTaskBytes)} a task ({origin}): {carries} at once{Asked(preflight)}";
    }

    private static string Asked(PreflightView preflight) => preflight.Requested is { } requested && !preflight.Reduced
        ? string.Create(CultureInfo.InvariantCulture, $", {requested:#,0} asked for")
        : "";
}
