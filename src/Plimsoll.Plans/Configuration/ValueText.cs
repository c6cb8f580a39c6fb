using Plimsoll.Plans.Providers;
using Plimsoll.Plans.Reading;
using Plimsoll.Plans.Tasks;

namespace Plimsoll.Plans.Configuration;

/// <summary>Writes a value back on one line; values of <c>env</c> and of keys are left out, because they may be secret.</summary>
internal static class ValueText
{
    public static string Of(Node node) => node.Kind switch
    {
        NodeKind.List => $"[{string.Join(", ", node.Items.Select(Of))}]",
        NodeKind.Map => $"{{{string.Join(", ", node.Entries.Select(Of))}}}",
        _ => Printable.Shorten(SecretText.WithoutUser(node.Text), 200),
    };

    private static string Of(NodeEntry entry) => $"{entry.Key.Text}: {ValueOf(entry)}";

    private static string ValueOf(NodeEntry entry) => (entry.Key.Text, entry.Value.Kind) switch
    {
        ("env", NodeKind.Map) => $"({string.Join(", ", entry.Value.Entries.Select(one => one.Key.Text))})",
        ("webhook" or "slack", NodeKind.Scalar) => SecretText.HostOnly(entry.Value.Text),
        (var name, NodeKind.Scalar or NodeKind.List) when SecretText.IsNamed(name) => SecretText.Hidden,
        ("from", NodeKind.Scalar) when !Names.IsVariable(entry.Value.Text) => SecretText.Hidden,
        _ => Of(entry.Value),
    };
}
