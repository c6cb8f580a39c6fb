using Plimsoll.Cli.Terminal;
using Plimsoll.Client.Plans;

namespace Plimsoll.Cli.Rendering;

/// <summary>Prints findings as compilers do: <c>file:line:column: error: what is wrong</c>, then the cure.</summary>
internal static class Diagnostics
{
    public static void Write(OutputTarget output, DiagnosticView diagnostic)
    {
        string place = diagnostic.Line > 0 ? $"{diagnostic.File}:{diagnostic.Line}:{diagnostic.Column}" : diagnostic.File;
        string severity = output.Paint(Outcomes.InkOf(diagnostic.Severity), diagnostic.Severity + ":");
        string value = diagnostic.Value is { Length: > 0 } found ? $" (found: {TextWidth.Cut(ControlEscaper.Text(found), 200)})" : "";
        output.WriteLine($"{output.Paint(Ink.Strong, ControlEscaper.Text(place) + ":")} {severity} {Multiline(diagnostic.Message)}{value}");
        if (!string.IsNullOrEmpty(diagnostic.Cure))
            output.WriteLine($"    {Multiline(diagnostic.Cure)}");
    }

    private static string Multiline(string text) => string.Join("\n    ", text.Split('\n').Select(ControlEscaper.Text));
}
