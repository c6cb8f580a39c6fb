using Plimsoll.Plans.Diagnostics;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Plimsoll.Plans.Reading;

/// <summary>Builds nodes from the events of a YAML parser, within <see cref="ReadingLimits"/>.</summary>
internal sealed class YamlReader
{
    private readonly string file;
    private readonly DiagnosticBag diagnostics;
    private readonly Parser parser;
    private readonly Dictionary<string, (Node Node, int Size)> anchors = new(StringComparer.Ordinal);
    private int nodes;
    private int aliased;

    public YamlReader(string file, string text, DiagnosticBag diagnostics)
    {
        this.file = file;
        this.diagnostics = diagnostics;
        parser = new Parser(new Scanner(new StringReader(text), skipComments: true));
    }

    /// <summary>How far reading got.</summary>
    public Mark Place => parser.Current?.End ?? Mark.Empty;

    public Node? Read()
    {
        parser.Consume<StreamStart>();
        if (parser.Accept<StreamEnd>(out _))
        {
            throw new ReadFailure(1, 1, null, "the file holds no task, at most comments", "Write at least one task under tasks:.");
        }

        parser.Consume<DocumentStart>();
        Node root = Value(0, out _);
        parser.Consume<DocumentEnd>();
        if (parser.Accept<DocumentStart>(out DocumentStart? second))
        {
            throw Failure(second.Start, null, "the file holds more than one document", "Keep one document; remove the line ---.");
        }

        return root;
    }

    private static ReadFailure Failure(Mark at, string? value, string message, string cure) => new((int)at.Line, (int)at.Column, value, message, cure);

    private Node Value(int depth, out int size)
    {
        if (depth > ReadingLimits.Depth)
        {
            throw Failure(parser.Current!.Start, null, "lists and mappings are nested too deeply", $"The limit is {ReadingLimits.Depth} levels.");
        }

        if (++nodes > ReadingLimits.Nodes)
        {
            throw Failure(parser.Current!.Start, null, "the file holds too many values", $"The limit is {ReadingLimits.Nodes}.");
        }

        if (parser.TryConsume<AnchorAlias>(out AnchorAlias? alias))
        {
            return Alias(alias, out size);
        }

        if (!parser.Accept<NodeEvent>(out NodeEvent? start))
        {
            throw Failure(parser.Current!.Start, null, "a value is missing", "Check indentation and brackets here and on the line above.");
        }

        Node node = start switch
        {
            SequenceStart => List(depth, out size),
            MappingStart => Map(depth, out size),
            _ => Scalar(out size),
        };
        if (!start.Anchor.IsEmpty)
        {
            anchors[start.Anchor.Value] = (node, size);
        }

        return node;
    }

    // The node is shared, but a bomb is counted as if it were copied: readers walk it as often as it is pointed at.
    private Node Alias(AnchorAlias alias, out int size)
    {
        if (!anchors.TryGetValue(alias.Value.Value, out (Node Node, int Size) target))
        {
            throw Failure(alias.Start, "*" + Printable.Shorten(alias.Value.Value, 60), "this alias names no anchor before it", $"Define &{Printable.Shorten(alias.Value.Value, 60)} above it.");
        }

        size = target.Size;
        aliased += size;
        return aliased <= ReadingLimits.AliasedNodes
            ? target.Node
            : throw Failure(alias.Start, "*" + Printable.Shorten(alias.Value.Value, 60), "aliases expand to too many values", $"The limit is {ReadingLimits.AliasedNodes}; write the values out or use a matrix.");
    }

    private Node Scalar(out int size)
    {
        size = 1;
        Scalar scalar = parser.Consume<Scalar>();
        return new Node
        {
            File = file,
            Kind = NodeKind.Scalar,
            Line = (int)scalar.Start.Line,
            Column = (int)scalar.Start.Column,
            Text = scalar.Value,
            Style = scalar.Style switch
            {
                YamlDotNet.Core.ScalarStyle.Plain or YamlDotNet.Core.ScalarStyle.Any => ScalarStyle.Plain,
                YamlDotNet.Core.ScalarStyle.Literal or YamlDotNet.Core.ScalarStyle.Folded => ScalarStyle.Block,
                _ => ScalarStyle.Quoted,
            },
        };
    }

    private Node List(int depth, out int size)
    {
        size = 1;
        SequenceStart start = parser.Consume<SequenceStart>();
        List<Node> items = [];
        while (!parser.TryConsume<SequenceEnd>(out _))
        {
            items.Add(Value(depth + 1, out int itemSize));
            size += itemSize;
        }

        return new Node { File = file, Kind = NodeKind.List, Line = (int)start.Start.Line, Column = (int)start.Start.Column, Items = items };
    }

    private Node Map(int depth, out int size)
    {
        size = 1;
        MappingStart start = parser.Consume<MappingStart>();
        MapEntries entries = new(diagnostics);
        while (!parser.TryConsume<MappingEnd>(out _))
        {
            Mark at = parser.Current!.Start;
            Node key = Value(depth + 1, out int keySize);
            if (key.Kind != NodeKind.Scalar)
            {
                throw Failure(at, key.Describe(), "a key must be a word", "Write key: value.");
            }

            Node value = Value(depth + 1, out int valueSize);
            size += keySize + valueSize;
            entries.Add(key, value);
        }

        return new Node { File = file, Kind = NodeKind.Map, Line = (int)start.Start.Line, Column = (int)start.Start.Column, Entries = entries.Finish() };
    }
}
