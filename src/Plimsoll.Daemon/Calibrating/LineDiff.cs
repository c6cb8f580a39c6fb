using System.Globalization;
using System.Text;

namespace Plimsoll.Daemon.Calibrating;

/// <summary>The lines in which two texts differ, as a unified diff without context.</summary>
internal static class LineDiff
{
    public static string Of(string before, string after, string name)
    {
        string[] old = Lines(before), fresh = Lines(after);
        int[,] common = Common(old, fresh);
        var text = new StringBuilder($"--- {name}\n+++ {name}\n");
        for (int i = 0, j = 0; i < old.Length || j < fresh.Length;)
        {
            if (i < old.Length && j < fresh.Length && old[i] == fresh[j])
            {
                (i, j) = (i + 1, j + 1);
            }
            else if (i < old.Length && (j == fresh.Length || common[i + 1, j] >= common[i, j + 1]))
            {
                text.Append(CultureInfo.InvariantCulture, $"-{old[i++]}\n");
            }
            else
            {
                text.Append(CultureInfo.InvariantCulture, $"+{fresh[j++]}\n");
            }
        }

        return text.ToString();
    }

    private static string[] Lines(string text) => text.Length == 0 ? [] : text.TrimEnd('\n').Split('\n');

    /// <summary>Length of the longest common subsequence from each pair of places on.</summary>
    private static int[,] Common(string[] old, string[] fresh)
    {
        int[,] common = new int[old.Length + 1, fresh.Length + 1];
        for (int i = old.Length - 1; i >= 0; i--)
        {
            for (int j = fresh.Length - 1; j >= 0; j--)
            {
                common[i, j] = old[i] == fresh[j] ? common[i + 1, j + 1] + 1 : Math.Max(common[i + 1, j], common[i, j + 1]);
            }
        }

        return common;
    }
}
