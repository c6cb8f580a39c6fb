using System.Globalization;

namespace Plimsoll.Plans.Reading;

/// <summary>A value of a YAML or JSON text with its place; what every reader of Plans works on.</summary>
internal sealed class Node
{
    private static readonly List<Node> NoItems = [];
    private static readonly List<NodeEntry> NoEntries = [];

    public required string File { get; init; }

    public required NodeKind Kind { get; init; }

    public required int Line { get; init; }

    public required int Column { get; init; }

    /// <summary>Text of a scalar; empty for other kinds.</summary>
    public string Text { get; init; } = "";

    public ScalarStyle Style { get; init; }

    public List<Node> Items { get; init; } = NoItems;

    public List<NodeEntry> Entries { get; init; } = NoEntries;

    public bool IsNull => Kind == NodeKind.Scalar && Style == ScalarStyle.Plain && Text is "" or "~" or "null" or "Null" or "NULL";

    /// <summary>A scalar that does not come from a file: an environment variable or a flag.</summary>
    public static Node Scalar(string origin, string text) =>
        new() { File = origin, Kind = NodeKind.Scalar, Line = 0, Column = 0, Text = text };

    public Node? Find(string key)
    {
        foreach (NodeEntry entry in Entries)
        {
            if (entry.Key.Text == key)
            {
                return entry.Value;
            }
        }

        return null;
    }

    /// <summary>The value as it is quoted in messages: on one line and at most 80 characters.</summary>
    public string Describe() => Kind switch
    {
        NodeKind.List => string.Create(CultureInfo.InvariantCulture, $"a list of {Items.Count}"),
        NodeKind.Map => "a mapping",
        _ => IsNull ? "nothing" : Printable.Shorten(Text, 80),
    };

    /// <summary>Line and column of the character at an offset of a scalar's text, as exactly as its style allows.</summary>
    public (int Line, int Column) PlaceOf(int offset)
    {
        if (Line == 0)
        {
            return (0, 0);
        }

        ReadOnlySpan<char> before = Text.AsSpan(0, Math.Min(offset, Text.Length));
        int breaks = before.Count('\n');
        return Style switch
        {
            ScalarStyle.Block => (Line + 1 + breaks, 1),
            _ when breaks > 0 => (Line, Column),
            ScalarStyle.Quoted => (Line, Column + 1 + offset),
            _ => (Line, Column + offset),
        };
    }
}
