using System.Globalization;
using Plimsoll.Calibration.Torture.Loads;

namespace Plimsoll.Calibration.Torture.Contenders;

/// <summary>Command lines of the programs Plimsoll is compared with.</summary>
internal static class Rivals
{
    public static Contender Control(JobFiles files, int jobs) => new("xargs, all at once", ContenderKind.Control, Xargs(files, jobs));

    public static Contender StaticWidth(JobFiles files, int width) =>
        new(string.Create(CultureInfo.InvariantCulture, $"xargs -P {width}"), ContenderKind.StaticWidth, Xargs(files, width), width);

    /// <summary>Starts when so much is free as a job needs at most on average, ends the youngest below half of that, and starts it again.</summary>
    public static Contender Parallel(JobFiles files, TortureLoad load)
    {
        string need = string.Create(CultureInfo.InvariantCulture, $"{(long)(load.MeanPeakBytes / (1 << 20))}M");
        return new($"parallel --memfree {need}", ContenderKind.Rival, ["env", "HOME=" + files.Folder, "parallel", "--will-cite", "--memfree", need, "--retries", "3", "-j", "0", "-a", files.List, "sh"]);
    }

    private static string[] Xargs(JobFiles files, int width) => ["xargs", "-a", files.List, "-n", "1", "-P", width.ToString(CultureInfo.InvariantCulture), "sh"];
}
