using System.Text;
using Plimsoll.Core.Identity;

namespace Plimsoll.Engine.Workspaces;

/// <summary>Names the branch of an attempt: <c>plimsoll/JOURNAL-RUN/TASK-ORDINAL.ATTEMPT</c>.</summary>
/// <remarks>
/// The first letters of the journal's id keep a deleted and begun-again state folder from meeting its old branches. Of the task's name only
/// letters, digits and single dots and dashes stay, so that every name is one git accepts (git-check-ref-format) and no option.
/// </remarks>
public static class BranchName
{
    private const int LongestName = 60;

    public static string Of(string journalId, string task, AttemptId attempt) =>
        $"{Prefix(journalId, attempt.Task.Run)}{Slug(task)}-{attempt.Task.Ordinal}.{attempt.Number}";

    /// <summary>What all branches of a run begin with.</summary>
    public static string Prefix(string journalId, RunId run) =>
        $"plimsoll/{journalId[..Math.Min(6, journalId.Length)].ToLowerInvariant()}-{run}/";

    private static string Slug(string task)
    {
        var slug = new StringBuilder(task.Length);
        foreach (char letter in task)
        {
            bool plain = char.IsAsciiLetterOrDigit(letter);
            if (plain || (slug.Length > 0 && char.IsAsciiLetterOrDigit(slug[^1])))
            {
                slug.Append(plain ? letter : letter is '.' or '_' ? letter : '-');
            }
        }

        string text = slug.Length > LongestName ? slug.ToString(0, LongestName) : slug.ToString();
        text = text.TrimEnd('-', '.', '_');
        return text.Length == 0 ? "task" : text;
    }
}
