using Plimsoll.Plans.Diagnostics;
using YamlDotNet.Core;

namespace Plimsoll.Plans.Reading;

/// <summary>Reads YAML or JSON text into nodes; anything unreadable becomes one diagnostic.</summary>
internal static class NodeReader
{
    /// <summary>The root, or null after an error; an empty text is an error.</summary>
    public static Node? Read(string file, string text, PlanFormat format, DiagnosticBag diagnostics)
    {
        if (text.Length > ReadingLimits.Characters)
        {
            diagnostics.Add(new(PlanSeverity.Error, file, 1, 1, $"{text.Length} characters", "the file is too large", $"Split it; the limit is {ReadingLimits.Characters} characters."));
            return null;
        }

        YamlReader? yaml = null;
        try
        {
            if (format != PlanFormat.Yaml)
            {
                return new JsonNodeReader(file, text, diagnostics).Read();
            }

            yaml = new YamlReader(file, text, diagnostics);
            return yaml.Read();
        }
        catch (ReadFailure failure)
        {
            diagnostics.Add(new(PlanSeverity.Error, file, failure.Line, failure.Column, failure.Value, failure.Message, failure.Cure));
        }
        catch (YamlException malformed)
        {
            Malformed(file, malformed.Start, malformed.InnerException?.Message ?? malformed.Message, diagnostics);
        }
        catch (Exception confused) when (yaml is not null && confused is (InvalidOperationException or ArgumentException or IndexOutOfRangeException or FormatException or OverflowException))
        {
            // The scanner gives up in this way on some malformed texts; found by fuzzing.
            Malformed(file, yaml!.Place, "the text cannot be understood from here on", diagnostics);
        }

        return null;
    }

    private static void Malformed(string file, Mark at, string message, DiagnosticBag diagnostics) =>
        diagnostics.Add(new(
            PlanSeverity.Error,
            file,
            (int)Math.Max(1, at.Line),
            (int)Math.Max(1, at.Column),
            null,
            $"this is not valid YAML: {Printable.Shorten(message, 200).TrimEnd('.')}",
            "Check indentation, quotes and brackets here and on the line above."));
}
