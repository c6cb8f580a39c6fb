using System.Buffers;

namespace Plimsoll.Plans.Text;

/// <summary>Shows a word as it would be typed into a shell; values themselves are never handed over this way.</summary>
internal static class ShellWord
{
    private static readonly SearchValues<char> Harmless =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-./:=@%+,{}");

    public static string Quote(string word) =>
        word.Length > 0 && !word.AsSpan().ContainsAnyExcept(Harmless) ? word : "'" + word.Replace("'", "'\\''", StringComparison.Ordinal) + "'";
}
