using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Plimsoll.Benchmarks.Frame;

namespace Plimsoll.Benchmarks.Service;

/// <summary>wrk on connections that are kept alive: requests that were answered, all with success, and their rate.</summary>
internal static partial class WrkPosts
{
    public const string Program = "wrk";

    /// <param name="body">Posted as JSON; null = a GET.</param>
    public static (int Answered, double PerSecond) Run(Workbench bench, string url, string? body, int connections, int seconds)
    {
        string script = bench.Write("wrk.lua", body is null ? "" : $"""
            wrk.method = "POST"
            wrk.body = '{body}'
            wrk.headers["Content-Type"] = "application/json"
            """);
        ProcessStartInfo start = new(Program, ["-t1", $"-c{connections}", $"-d{seconds}", "-s", script, url]) { RedirectStandardOutput = true, UseShellExecute = false };
        using Process wrk = Process.Start(start)!;
        string said = wrk.StandardOutput.ReadToEnd();
        wrk.WaitForExit();
        return !said.Contains("Non-2xx", StringComparison.Ordinal) && !said.Contains("Socket errors", StringComparison.Ordinal) && Figures().Match(said) is { Success: true } figures
            ? (int.Parse(figures.Groups["count"].Value, CultureInfo.InvariantCulture), double.Parse(figures.Groups["rate"].Value, CultureInfo.InvariantCulture))
            : throw new InvalidOperationException($"wrk against {url}: {said}");
    }

    [GeneratedRegex(@"(?<count>[0-9]+) requests in .*Requests/sec:\s+(?<rate>[0-9.]+)", RegexOptions.Singleline)]
    private static partial Regex Figures();
}
