using System.Collections.Immutable;
using System.Text;

namespace Plimsoll.Plans.Text;

/// <summary>A text with references, parsed once; <c>\{{</c> is a literal <c>{{</c>.</summary>
/// <remarks>Inserted values are never parsed again.</remarks>
internal sealed class TextTemplate
{
    public const string Open = "{{";

    private TextTemplate(ImmutableArray<TextPart> parts) => Parts = parts;

    public ImmutableArray<TextPart> Parts { get; }

    /// <summary>The text itself when it has no references, otherwise null.</summary>
    public string? Constant => Parts.Length == 0 ? "" : Parts.Length == 1 && Parts[0].Reference is null ? Parts[0].Literal : null;

    public static string Escape(string literal) => literal.Replace(Open, "\\" + Open, StringComparison.Ordinal);

    /// <summary>Parses; on failure says what is wrong at which offset.</summary>
    public static bool TryParse(string text, out TextTemplate template, out TextError error)
    {
        error = default;
        ImmutableArray<TextPart>.Builder parts = ImmutableArray.CreateBuilder<TextPart>();
        StringBuilder literal = new();
        int position = 0;
        bool good = true;
        while (position < text.Length)
        {
            int open = text.IndexOf(Open, position, StringComparison.Ordinal);
            if (open < 0)
            {
                break;
            }

            if (open > position && text[open - 1] == '\\')
            {
                literal.Append(text, position, open - position - 1).Append(Open);
                position = open + 2;
                continue;
            }

            int close = text.IndexOf("}}", open + 2, StringComparison.Ordinal);
            if (close < 0)
            {
                error = new TextError(open, text[open..], "{{ is never closed", "Write {{name}}, or \\{{ for two literal braces.");
                good = false;
                break;
            }

            literal.Append(text, position, open - position);
            good = TryReference(text, open, close, out Reference reference, ref error);
            if (!good)
            {
                break;
            }

            if (literal.Length > 0)
            {
                parts.Add(new TextPart(literal.ToString(), null));
                literal.Clear();
            }

            parts.Add(new TextPart("", reference));
            position = close + 2;
        }

        literal.Append(text, position, text.Length - position);
        if (literal.Length > 0)
        {
            parts.Add(new TextPart(literal.ToString(), null));
        }

        template = new TextTemplate(parts.ToImmutable());
        return good;
    }

    private static bool TryReference(string text, int open, int close, out Reference reference, ref TextError error)
    {
        ReadOnlySpan<char> inside = text.AsSpan(open + 2, close - open - 2);
        int bar = inside.LastIndexOf('|');
        ReadOnlySpan<char> filter = bar < 0 ? "" : inside[(bar + 1)..].Trim();
        if (bar >= 0 && filter is not "raw")
        {
            reference = null!;
            error = new TextError(open, filter.ToString(), "unknown filter", "The only filter is raw: {{name|raw}}.");
            return false;
        }

        if (Reference.TryParse(bar < 0 ? inside : inside[..bar], bar >= 0, open, out reference))
        {
            return true;
        }

        error = new TextError(
            open,
            text[open..(close + 2)],
            "this is neither a value nor an output",
            "Write {{name}} or {{needs.TASK.KEY}}, or \\{{ for two literal braces.");
        return false;
    }
}
