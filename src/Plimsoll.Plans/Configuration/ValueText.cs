using Plimsoll.Plans.Reading;

namespace Plimsoll.Plans.Configuration;

/// <summary>Writes a value back on one line; values of <c>env</c> are left out, because they may be secret.</summary>
internal static class ValueText
{
    public static string Of(Node node) => node.Kind switch
    {
        NodeKind.List => $"[{string.Join(", ", node.Items.Select(Of))}]",
        NodeKind.Map => $"{{{string.Join(", ", node.Entries.Select(Of))}}}",
        _ => Printable.Shorten(node.Text, 200),
    };

    private static string Of(NodeEntry entry) =>
        $"{entry.Key.Text}: {(entry.Key.Text == "env" && entry.Value.Kind == NodeKind.Map ? $"({string.Join(", ", entry.Value.Entries.Select(one => one.Key.Text))})" : Of(entry.Value))}";
}
