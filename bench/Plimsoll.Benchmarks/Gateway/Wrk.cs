using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Plimsoll.Benchmarks.Frame;

namespace Plimsoll.Benchmarks.Gateway;

/// <summary>The load generator wrk: as many requests as the connections carry, one after another on each.</summary>
internal sealed partial class Wrk(Workbench bench, int connections, int seconds)
{
    public const string Program = "wrk";

    /// <summary>How long one run takes.</summary>
    public int Seconds => seconds;

    /// <summary>A small message, as it is sent.</summary>
    public const string Body = """{"model":"claude-sonnet-4-5","max_tokens":100,"messages":[{"role":"user","content":"hello there, this is a small message"}]}""";

    /// <summary>Requests per second; throws when an answer was not 200.</summary>
    public double Run(Player against)
    {
        string script = bench.Write($"{against.Name}.lua", $"""
            wrk.method = "POST"
            wrk.body = '{Body}'
            wrk.headers["Content-Type"] = "application/json"
            wrk.headers["anthropic-version"] = "2023-06-01"
            wrk.headers["x-api-key"] = "{against.Key}"
            """);
        ProcessStartInfo start = new(Program) { RedirectStandardOutput = true, UseShellExecute = false };
        foreach (string word in (string[])
            ["-t1", $"-c{connections}", $"-d{seconds}", "-s", script, $"{against.Url}/v1/messages"])
        {
            start.ArgumentList.Add(word);
        }

        using Process wrk = Process.Start(start)!;
        string said = wrk.StandardOutput.ReadToEnd();
        wrk.WaitForExit();
        if (said.Contains("Non-2xx", StringComparison.Ordinal) || said.Contains("Socket errors", StringComparison.Ordinal) || Rate().Match(said) is not { Success: true } rate)
        {
            throw new InvalidOperationException($"wrk against {against.Name}: {said}");
        }

        return double.Parse(rate.Groups["rate"].Value, CultureInfo.InvariantCulture);
    }

    [GeneratedRegex(@"Requests/sec:\s+(?<rate>[0-9.]+)")]
    private static partial Regex Rate();
}
