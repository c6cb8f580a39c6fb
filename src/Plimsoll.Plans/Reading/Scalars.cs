using System.Globalization;
using Plimsoll.Core.Units;
using Plimsoll.Plans.Diagnostics;

namespace Plimsoll.Plans.Reading;

/// <summary>Reads typed values out of nodes; a wrong one is reported and null.</summary>
internal sealed class Scalars(DiagnosticBag diagnostics)
{
    /// <summary>Larger amounts of memory are typing errors, not machines.</summary>
    public static Bytes LargestSize { get; } = new(1L << 50);

    public DiagnosticBag Diagnostics => diagnostics;

    /// <summary>Any text without NUL, also a number or a word; null when it is something else.</summary>
    public string? Text(Node node, string what)
    {
        if (node.Kind != NodeKind.Scalar || node.IsNull)
        {
            diagnostics.Error(node, $"{what} must be a text", "Write a text; quote it if it holds : # [ ] { } or starts with a special character.");
            return null;
        }

        int nul = node.Text.IndexOf('\0', StringComparison.Ordinal);
        if (nul >= 0)
        {
            diagnostics.ErrorInside(node, nul, node.Describe(), $"{what} holds a NUL byte, which no program can be given", "Remove it.");
            return null;
        }

        return node.Text;
    }

    /// <summary>A text of bounded length; null when it is longer.</summary>
    public string? Text(Node node, string what, int longest)
    {
        string? text = Text(node, what);
        if (text is null || text.Length <= longest)
        {
            return text;
        }

        diagnostics.Error(node, $"{what} has {text.Length} characters and may have {longest}", "Shorten it.");
        return null;
    }

    public bool? Boolean(Node node, string what)
    {
        switch (node.Kind == NodeKind.Scalar ? node.Text : "")
        {
            case "true" or "True" or "on" or "yes":
                return true;
            case "false" or "False" or "off" or "no":
                return false;
            default:
                diagnostics.Error(node, $"{what} must be true or false", "Write true or false.");
                return null;
        }
    }

    public int? Integer(Node node, string what, int least, int most)
    {
        if (node.Kind == NodeKind.Scalar && int.TryParse(node.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int value) && value >= least && value <= most)
        {
            return value;
        }

        diagnostics.Error(node, $"{what} must be a whole number from {least} to {most}", $"Write a number from {least} to {most}.");
        return null;
    }

    public double? Number(Node node, string what, double least, double most)
    {
        if (node.Kind == NodeKind.Scalar
            && double.TryParse(node.Text, NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out double value)
            && value >= least && value <= most)
        {
            return value;
        }

        diagnostics.Error(node, $"{what} must be a number from {Show(least)} to {Show(most)}", $"Write a number from {Show(least)} to {Show(most)}.");
        return null;
    }

    public TimeSpan? Duration(Node node, string what, bool zero = false)
    {
        if (node.Kind == NodeKind.Scalar && Durations.TryParse(node.Text, out TimeSpan value) && (zero || value > TimeSpan.Zero))
        {
            return value;
        }

        diagnostics.Error(node, $"{what} must be a duration {(zero ? "from 0" : "above 0")} to 10 years", "Write for example 500ms, 30s, 10m or 1h30m.");
        return null;
    }

    public Bytes? Size(Node node, string what)
    {
        if (node.Kind == NodeKind.Scalar && Bytes.TryParse(node.Text, out Bytes value) && value > Bytes.Zero && value <= LargestSize)
        {
            return value;
        }

        diagnostics.Error(node, $"{what} must be a size from 1 byte to 1024T", "Write for example 512M or 1.5G.");
        return null;
    }

    /// <summary>A share from <c>1%</c> to <c>100%</c>, or as a fraction.</summary>
    public double? Share(Node node, string what)
    {
        string text = node.Kind == NodeKind.Scalar ? node.Text.Trim() : "";
        bool percent = text.EndsWith('%');
        if (double.TryParse(percent ? text[..^1] : text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double value))
        {
            value /= percent ? 100 : 1;
            if (value is > 0 and <= 1)
            {
                return value;
            }
        }

        diagnostics.Error(node, $"{what} must be a share above 0 and up to 100%", "Write for example 85%.");
        return null;
    }

    public string? Choice(Node node, string what, IReadOnlyCollection<string> choices)
    {
        if (node.Kind == NodeKind.Scalar && choices.Contains(node.Text))
        {
            return node.Text;
        }

        diagnostics.Error(node, $"{what} must be one of {string.Join(", ", choices)}", Nearest.Cure(node.Text, choices, what));
        return null;
    }

    /// <summary>The items of a list; a single text counts as a list of one.</summary>
    public IReadOnlyList<Node> OneOrMore(Node node, string what)
    {
        if (node.Kind == NodeKind.List)
        {
            return node.Items;
        }

        if (node.Kind == NodeKind.Scalar && !node.IsNull)
        {
            return [node];
        }

        diagnostics.Error(node, $"{what} must be a list", "Write [a, b], or one item per line after a dash.");
        return [];
    }

    public IReadOnlyList<NodeEntry> Mapping(Node node, string what)
    {
        if (node.Kind == NodeKind.Map)
        {
            return node.Entries;
        }

        diagnostics.Error(node, $"{what} must be a mapping", "Write one key: value per line.");
        return [];
    }

    public void UnknownKey(Node key, string where, IReadOnlyCollection<string> known, string? cure = null) =>
        diagnostics.Error(key, $"unknown key in {where}", cure ?? Nearest.Cure(key.Text, known, "key"));

    private static string Show(double number) => number.ToString("0.###", CultureInfo.InvariantCulture);
}
