using Xunit;

namespace Plimsoll.EndToEnd.Support;

/// <summary>How a finished process ended and what it printed.</summary>
internal sealed record ProcessResult(string Command, int ExitCode, string Stdout, string Stderr)
{
    public string[] StdoutLines => Stdout.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Fails with everything the process printed when it did not end with this code.</summary>
    public ProcessResult Ended(int exitCode)
    {
        Assert.True(ExitCode == exitCode, $"exit code {ExitCode}, expected {exitCode}\n{this}");
        return this;
    }

    /// <summary>Fails when the user was shown a stack trace.</summary>
    public ProcessResult WithoutStackTrace()
    {
        Assert.False((Stdout + Stderr).Contains("   at ", StringComparison.Ordinal), $"a stack trace was printed\n{this}");
        Assert.False((Stdout + Stderr).Contains("Unhandled exception", StringComparison.Ordinal), $"an exception was printed\n{this}");
        return this;
    }

    public override string ToString() => $"$ {Command}\n[stdout]\n{Tail(Stdout)}\n[stderr]\n{Tail(Stderr)}";

    private static string Tail(string text) => text.Length <= 6000 ? text : "…" + text[^6000..];
}
