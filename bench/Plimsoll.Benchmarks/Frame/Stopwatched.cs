using System.Diagnostics;

namespace Plimsoll.Benchmarks.Frame;

/// <summary>Starts a program, waits for its end and returns the time between.</summary>
internal static class Stopwatched
{
    /// <param name="inputFile">Given as standard input; null = nothing.</param>
    public static TimeSpan Run(string program, IEnumerable<string> arguments, string folder, string? inputFile = null)
    {
        string input = inputFile ?? "/dev/null";
        // The shell only redirects, and becomes the program by exec: the same cost for every contender.
        ProcessStartInfo start = new("/bin/sh") { WorkingDirectory = folder, UseShellExecute = false };
        foreach (string argument in (string[])["-c", $"exec \"$@\" <'{input}' >/dev/null 2>'{folder}/stderr'", "sh", program, .. arguments])
        {
            start.ArgumentList.Add(argument);
        }

        long begun = Stopwatch.GetTimestamp();
        using Process process = Process.Start(start)!;
        process.WaitForExit();
        TimeSpan elapsed = Stopwatch.GetElapsedTime(begun);
        return process.ExitCode == 0
            ? elapsed
            : throw new InvalidOperationException($"{program} ended with exit code {process.ExitCode}: {File.ReadAllText(Path.Combine(folder, "stderr"))}");
    }
}
