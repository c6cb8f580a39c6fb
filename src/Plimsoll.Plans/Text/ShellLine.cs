using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace Plimsoll.Plans.Text;

/// <summary>A shell line whose references became variables: <c>{{x}}</c> is <c>"$PLIMSOLL_VALUE_1"</c>, so no value is ever parsed as shell text.</summary>
internal sealed class ShellLine
{
    /// <summary>How the variables begin that carry values into a shell line.</summary>
    public const string Prefix = "PLIMSOLL_VALUE_";

    private readonly TextTemplate source;

    private ShellLine(TextTemplate source, ImmutableArray<TextPart> parts, ImmutableArray<(string Variable, Reference Reference)> values)
    {
        this.source = source;
        Parts = parts;
        Values = values;
    }

    /// <summary>Literal script text, and the raw references that are inserted as they are.</summary>
    public ImmutableArray<TextPart> Parts { get; }

    /// <summary>The variables the script expands.</summary>
    public ImmutableArray<(string Variable, Reference Reference)> Values { get; }

    public static ShellLine Create(TextTemplate template)
    {
        ImmutableArray<TextPart>.Builder parts = ImmutableArray.CreateBuilder<TextPart>();
        ImmutableArray<(string, Reference)>.Builder values = ImmutableArray.CreateBuilder<(string, Reference)>();
        StringBuilder script = new();
        foreach (TextPart part in template.Parts)
        {
            if (part.Reference is null)
            {
                script.Append(part.Literal);
            }
            else if (part.Reference.Raw)
            {
                parts.Add(new TextPart(script.ToString(), null));
                parts.Add(part);
                script.Clear();
            }
            else
            {
                string variable = Prefix + (values.Count + 1).ToString(CultureInfo.InvariantCulture);
                values.Add((variable, part.Reference));
                script.Append("\"${").Append(variable).Append("}\"");
            }
        }

        parts.Add(new TextPart(script.ToString(), null));
        return new ShellLine(template, parts.ToImmutable(), values.ToImmutable());
    }

    /// <summary>The line with its values as quoted words: for people, never for a shell.</summary>
    public string Describe(Func<Reference, string> value) => string.Concat(source.Parts.Select(part =>
        part.Reference is not { } reference ? part.Literal : reference.Raw ? value(reference) : ShellWord.Quote(value(reference))));

    /// <summary>Everything wrong with where the references of a line stand.</summary>
    public static IEnumerable<TextError> Check(TextTemplate template)
    {
        ShellScanner scanner = new();
        char before = '\0';
        foreach (TextPart part in template.Parts)
        {
            if (part.Reference is not { } reference)
            {
                scanner.Read(part.Literal);
                before = part.Literal[^1];
                continue;
            }

            if (!reference.Raw && scanner.Refuse(before) is { } reason)
            {
                yield return new TextError(
                    reference.Offset,
                    "{{" + reference + "}}",
                    $"a value cannot be inserted here: {reason}",
                    "Write it as a word of its own outside quotes, like \"text \"{{x}}, or give it to the task through env: and use \"$NAME\".");
            }

            before = '\0';
        }
    }
}
