using System.Text;
using System.Text.Json;
using Plimsoll.Plans.Diagnostics;

namespace Plimsoll.Plans.Reading;

/// <summary>Builds nodes from JSON text; comments and trailing commas are allowed, because people write plans.</summary>
internal sealed class JsonNodeReader
{
    private readonly string file;
    private readonly DiagnosticBag diagnostics;
    private readonly byte[] utf8;
    private readonly List<int> lineStarts = [0];
    private int nodes;

    public JsonNodeReader(string file, string text, DiagnosticBag diagnostics)
    {
        this.file = file;
        this.diagnostics = diagnostics;
        utf8 = Encoding.UTF8.GetBytes(text.StartsWith('\ufeff') ? text[1..] : text);
        for (int i = 0; i < utf8.Length; i++)
        {
            if (utf8[i] == (byte)'\n')
            {
                lineStarts.Add(i + 1);
            }
        }
    }

    public Node Read()
    {
        Utf8JsonReader reader = new(utf8, new JsonReaderOptions { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip, MaxDepth = ReadingLimits.Depth });
        try
        {
            reader.Read();
            Node root = Value(ref reader);
            reader.Read();
            return root;
        }
        catch (Exception malformed) when (malformed is JsonException or InvalidOperationException)
        {
            // InvalidOperationException: a string with an escape that is no character.
            (int line, int column) = Place((int)Math.Min(utf8.Length, reader.BytesConsumed));
            string message = Printable.Shorten(malformed.Message, 200);
            int tail = message.IndexOf(" LineNumber", StringComparison.Ordinal);
            throw new ReadFailure(line, column, null, $"this is not valid JSON: {(tail > 0 ? message[..tail] : message).TrimEnd('.')}", "Check quotes, commas and brackets here and before.");
        }
    }

    private Node Value(ref Utf8JsonReader reader)
    {
        (int line, int column) = Place((int)reader.TokenStartIndex);
        if (++nodes > ReadingLimits.Nodes)
        {
            throw new ReadFailure(line, column, null, "the file holds too many values", $"The limit is {ReadingLimits.Nodes}.");
        }

        switch (reader.TokenType)
        {
            case JsonTokenType.StartArray:
                List<Node> items = [];
                while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                {
                    items.Add(Value(ref reader));
                }

                return new Node { File = file, Kind = NodeKind.List, Line = line, Column = column, Items = items };
            case JsonTokenType.StartObject:
                MapEntries entries = new(diagnostics);
                while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
                {
                    Node key = Value(ref reader);
                    reader.Read();
                    entries.Add(key, Value(ref reader));
                }

                return new Node { File = file, Kind = NodeKind.Map, Line = line, Column = column, Entries = entries.Finish() };
            case JsonTokenType.String or JsonTokenType.PropertyName:
                return Scalar(line, column, reader.GetString()!, ScalarStyle.Quoted);
            default:
                return Scalar(line, column, Encoding.UTF8.GetString(reader.ValueSpan), ScalarStyle.Plain);
        }
    }

    private Node Scalar(int line, int column, string text, ScalarStyle style) =>
        new() { File = file, Kind = NodeKind.Scalar, Line = line, Column = column, Text = text, Style = style };

    private (int Line, int Column) Place(int offset)
    {
        int found = lineStarts.BinarySearch(offset);
        int line = found >= 0 ? found : ~found - 1;
        return (line + 1, Encoding.UTF8.GetCharCount(utf8, lineStarts[line], offset - lineStarts[line]) + 1);
    }
}
