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

        try
        {
            return format == PlanFormat.Yaml ? new YamlReader(file, text, diagnostics).Read() : new JsonNodeReader(file, text, diagnostics).Read();
        }
        catch (ReadFailure failure)
        {
            diagnostics.Add(new(PlanSeverity.Error, file, failure.Line, failure.Column, failure.Value, failure.Message, failure.Cure));
        }
        catch (YamlException malformed)
        {
            string message = Printable.Shorten(malformed.InnerException?.Message ?? malformed.Message, 200).TrimEnd('.');
            diagnostics.Add(new(
                PlanSeverity.Error,
                file,
                (int)Math.Max(1, malformed.Start.Line),
                (int)Math.Max(1, malformed.Start.Column),
                null,
                $"this is not valid YAML: {message}",
                "Check indentation, quotes and brackets here and on the line above."));
        }

        return null;
    }
}
