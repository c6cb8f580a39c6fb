using Plimsoll.Plans.Reading;

namespace Plimsoll.Plans.Providers;

/// <summary>Reads model names in which <c>*</c> stands for any text.</summary>
internal static class PatternReader
{
    private const int Longest = 200;

    public static string? Read(Node node, Scalars scalars)
    {
        string? text = scalars.Text(node, "a model pattern", Longest);
        if (text is null)
        {
            return null;
        }

        if (text.Length > 0 && !text.Any(one => char.IsWhiteSpace(one) || char.IsControl(one)))
        {
            return text;
        }

        scalars.Diagnostics.Error(node, "this cannot be a model pattern", "Write a model name without spaces; * stands for any text.");
        return null;
    }
}
