using System.Globalization;
using Plimsoll.Cli.Terminal;

namespace Plimsoll.Cli.Rendering;

/// <summary>Says in words how an attempt or a task ended.</summary>
internal static class Outcomes
{
    private static readonly string[] s_signals =
    [
        "", "SIGHUP", "SIGINT", "SIGQUIT", "SIGILL", "SIGTRAP", "SIGABRT", "SIGBUS", "SIGFPE", "SIGKILL", "SIGUSR1", "SIGSEGV", "SIGUSR2",
        "SIGPIPE", "SIGALRM", "SIGTERM",
    ];

    /// <summary><c>exit 1</c>, <c>SIGSEGV</c>, <c>timed out</c>, <c>out of memory</c>.</summary>
    public static string Describe(string outcome, int? exitCode, int? signal) => outcome switch
    {
        "failed" when signal is { } number => Signal(number),
        "failed" when exitCode is { } code => string.Create(CultureInfo.InvariantCulture, $"exit {code}"),
        _ => outcome.Replace('_', ' '),
    };

    /// <summary>The reason as something to add to <see cref="Describe"/>: nothing when it only says the exit code again.</summary>
    public static string? Beyond(string? reason, int? exitCode)
    {
        string said = Short(reason);
        string again = string.Create(CultureInfo.InvariantCulture, $"exit code {exitCode}");
        string more = said == again ? "" : said.StartsWith(again + "; ", StringComparison.Ordinal) ? said[(again.Length + 2)..] : said;
        return more.Length == 0 ? null : ControlEscaper.Text(more);
    }

    /// <summary>The first line of a reason; the others are details for who looks closer.</summary>
    public static string Short(string? reason) => reason?.Split('\n', 2)[0] ?? "";

    /// <summary>What follows the first line of a reason.</summary>
    public static IEnumerable<string> Details(string? reason) => reason?.Split('\n').Skip(1).Select(ControlEscaper.Text) ?? [];

    public static Ink InkOf(string state) => state switch
    {
        "succeeded" or "finished" or "ok" or "merged" => Ink.Good,
        "failed" or "dead" or "timed_out" or "out_of_memory" or "start_failed" or "fail" or "conflict" or "error" => Ink.Bad,
        "retrying" or "interrupted" or "evicted" or "lost" or "frozen" or "cancelled" or "warn" or "warning" => Ink.Caution,
        "running" or "admitted" or "open" => Ink.Accent,
        "waiting" or "ready" or "skipped" or "empty" => Ink.Faint,
        _ => Ink.Plain,
    };

    private static string Signal(int number) =>
        number > 0 && number < s_signals.Length ? s_signals[number] : string.Create(CultureInfo.InvariantCulture, $"signal {number}");
}
