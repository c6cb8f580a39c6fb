using System.Buffers;
using System.Buffers.Text;
using Plimsoll.Core.Graphs;

namespace Plimsoll.Journal.Records;

/// <summary>Edges as the JSON text <c>[[from,to,soft],…]</c>, soft 0 or 1.</summary>
/// <remarks>A row per edge costs about 1 us and 25 bytes each; a page of JSON a tenth of that, and the view <c>edge</c> still shows rows.</remarks>
internal static class EdgePage
{
    private const int LongestEdge = 32;

    internal static void Write(ReadOnlySpan<TaskEdge> edges, IBufferWriter<byte> output)
    {
        Span<byte> text = output.GetSpan((edges.Length * LongestEdge) + 2);
        int length = 0;
        text[length++] = (byte)'[';
        foreach (TaskEdge edge in edges)
        {
            if (length > 1)
            {
                text[length++] = (byte)',';
            }

            text[length++] = (byte)'[';
            length += Number(edge.From, text[length..]);
            text[length++] = (byte)',';
            length += Number(edge.To, text[length..]);
            text[length++] = (byte)',';
            text[length++] = edge.Soft ? (byte)'1' : (byte)'0';
            text[length++] = (byte)']';
        }

        text[length++] = (byte)']';
        output.Advance(length);
    }

    internal static void Read(ReadOnlySpan<byte> text, List<TaskEdge> edges)
    {
        Span<int> edge = stackalloc int[3];
        int part = 0;
        for (int i = 0; i < text.Length;)
        {
            if (!Utf8Parser.TryParse(text[i..], out int number, out int used))
            {
                i++;
                continue;
            }

            i += used;
            edge[part++] = number;
            if (part == edge.Length)
            {
                edges.Add(new TaskEdge(edge[0], edge[1], edge[2] != 0));
                part = 0;
            }
        }
    }

    private static int Number(int value, Span<byte> output)
    {
        _ = Utf8Formatter.TryFormat(value, output, out int written);
        return written;
    }
}
