using System.Globalization;

namespace Plimsoll.Daemon.Simulations;

/// <summary>Runs of a journal by number: <c>12</c>, <c>3-9</c>, or <c>3-</c> for all from the third on.</summary>
internal readonly record struct RunRange(int First, int Last)
{
    /// <summary>Null when the words say something else.</summary>
    public static RunRange? Read(string words)
    {
        string[] parts = words.Split('-', 2);
        return !TryNumber(parts[0], out int first) ? null
            : parts.Length == 1 ? new RunRange(first, first)
            : parts[1].Length == 0 ? new RunRange(first, int.MaxValue)
            : TryNumber(parts[1], out int last) && last >= first ? new RunRange(first, last) : null;
    }

    public bool Holds(int run) => run >= First && run <= Last;

    public override string ToString() => First == Last ? First.ToString(CultureInfo.InvariantCulture)
        : string.Create(CultureInfo.InvariantCulture, $"{First} to {(Last == int.MaxValue ? "the newest" : Last)}");

    private static bool TryNumber(string text, out int number) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
}
