using System.Globalization;

namespace Plimsoll.Cli.Burn;

/// <summary>What the kernel says of this process.</summary>
internal static class OwnProcess
{
    // USER_HZ, what /proc counts in on every Linux architecture .NET runs on.
    private const double TicksPerSecond = 100;

    /// <summary>Time since this process was forked, to about 10 ms; field 22 of proc_pid_stat(5) against proc_uptime(5).</summary>
    public static TimeSpan Age()
    {
        string stat = File.ReadAllText("/proc/self/stat");
        string[] fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        double started = double.Parse(fields[19], CultureInfo.InvariantCulture) / TicksPerSecond;
        double uptime = double.Parse(File.ReadAllText("/proc/uptime").Split(' ')[0], CultureInfo.InvariantCulture);
        return TimeSpan.FromSeconds(Math.Max(0, uptime - started));
    }

    /// <summary>Resident size; exact from smaps_rollup, else from statm, which may be some hundred kilobytes off.</summary>
    public static long ResidentBytes()
    {
        const string Field = "Rss:";
        foreach (string line in File.Exists("/proc/self/smaps_rollup") ? File.ReadLines("/proc/self/smaps_rollup") : [])
        {
            if (line.StartsWith(Field, StringComparison.Ordinal))
                return long.Parse(line.AsSpan(Field.Length, line.Length - Field.Length - 2).Trim(), CultureInfo.InvariantCulture) * 1024;
        }

        return long.Parse(File.ReadAllText("/proc/self/statm").Split(' ')[1], CultureInfo.InvariantCulture) * Environment.SystemPageSize;
    }
}
