using System.Diagnostics;
using System.Globalization;
using Plimsoll.Benchmarks.Gateway.Roles;

namespace Plimsoll.Benchmarks.Gateway;

/// <summary>A part of the scene in a process of its own: its address, and what it has cost so far.</summary>
internal sealed class Player : IDisposable
{
    private const int TicksPerSecond = 100;
    private readonly Process process;

    private Player(string name, Process process, string url, string key)
    {
        Name = name;
        this.process = process;
        Url = url;
        Key = key;
    }

    public string Name { get; }

    public string Url { get; }

    public string Key { get; }

    /// <summary>Starts this executable once more, in a role.</summary>
    public static Player Start(string role, params IEnumerable<string> flags)
    {
        ProcessStartInfo start = new(Environment.ProcessPath!) { RedirectStandardInput = true, RedirectStandardOutput = true, UseShellExecute = false };

        // As the executable that people start is configured.
        start.Environment["DOTNET_TieredPGO"] = "0";
        start.Environment["DOTNET_gcConcurrent"] = "0";
        start.Environment["DOTNET_gcServer"] = "0";
        foreach (string word in (string[])[Role.Word, role, .. flags])
        {
            start.ArgumentList.Add(word);
        }

        Process process = Process.Start(start)!;
        string[] ready = (process.StandardOutput.ReadLine() ?? throw new InvalidOperationException($"{role} did not start")).Split(' ');
        return new(role, process, ready[0], ready[1]);
    }

    /// <summary>Starts another program that listens on a known address.</summary>
    public static Player Start(string name, ProcessStartInfo start, string url) => new(name, Process.Start(start)!, url, "-");

    /// <summary>What it says of itself: for a provider <c>requests refused charged</c>.</summary>
    public string Look()
    {
        process.StandardInput.WriteLine("look");
        process.StandardInput.Flush();
        return process.StandardOutput.ReadLine() ?? "";
    }

    /// <summary>Processor time of it and its children until now.</summary>
    public TimeSpan Cpu() => TimeSpan.FromSeconds(Family().Sum(CpuTicks) / (double)TicksPerSecond);

    public double ResidentMebibytes() => Family().Sum(ResidentKibibytes) / 1024.0;

    public void Dispose()
    {
        if (process.StartInfo.RedirectStandardInput)
        {
            process.StandardInput.Close();
            if (process.WaitForExit(TimeSpan.FromSeconds(10)))
            {
                process.Dispose();
                return;
            }
        }

        process.Kill(entireProcessTree: true);
        process.WaitForExit();
        process.Dispose();
    }

    private IEnumerable<int> Family() =>
        File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{process.Id}/task/{process.Id}/children"))
            .Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(child => int.Parse(child, CultureInfo.InvariantCulture))
            .Prepend(process.Id);

    private static double CpuTicks(int pid)
    {
        string stat = File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{pid}/stat"));
        string[] fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        return long.Parse(fields[11], CultureInfo.InvariantCulture) + long.Parse(fields[12], CultureInfo.InvariantCulture);
    }

    private static double ResidentKibibytes(int pid)
    {
        string line = File.ReadLines(string.Create(CultureInfo.InvariantCulture, $"/proc/{pid}/status")).First(text => text.StartsWith("VmRSS:", StringComparison.Ordinal));
        return long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture);
    }
}
