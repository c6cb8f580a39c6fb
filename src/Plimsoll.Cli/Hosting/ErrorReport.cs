using Plimsoll.Cli.Rendering;
using Plimsoll.Cli.Terminal;
using Plimsoll.Client.Plans;
using Plimsoll.Daemon.Requests;

namespace Plimsoll.Cli.Hosting;

/// <summary>Says on standard error what is wrong and what to change.</summary>
internal static class ErrorReport
{
    public static void Write(OutputTarget error, string message, string? cure)
    {
        error.WriteLine($"{error.Paint(Ink.Bad, "plimsoll:")} {Lines(message)}");
        if (!string.IsNullOrEmpty(cure))
            error.WriteLine($"  {Lines(cure)}");
    }

    public static void Write(OutputTarget error, Refusal refusal)
    {
        foreach (DiagnosticView diagnostic in refusal.Diagnostics)
            Diagnostics.Write(error, diagnostic);
        Write(error, refusal.Message, refusal.Cure);
    }

    /// <summary>Messages may have several lines of ours; anything else that controls a terminal is shown.</summary>
    private static string Lines(string message) => string.Join("\n  ", message.Split('\n').Select(ControlEscaper.Text));
}
