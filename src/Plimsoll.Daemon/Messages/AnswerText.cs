using Plimsoll.Core.Identity;
using Plimsoll.Core.Lifecycle;
using Plimsoll.Daemon.Hosting;
using Plimsoll.Daemon.Resources;

namespace Plimsoll.Daemon.Messages;

/// <summary>What an agent answers: its output <c>answer</c>, else what it printed; or how its task ended.</summary>
internal sealed class AnswerText(OutputTails tails)
{
    /// <summary>Of any message.</summary>
    public const int Longest = 16_000;

    public async Task<string> OfAsync(EndedErrand ended, CancellationToken cancellationToken)
    {
        if (ended.State != TaskState.Succeeded)
        {
            return Cut($"{Words.Of(ended.State)}{(ended.Reason is { } reason ? $": {reason}" : "")} (task {ended.Task})");
        }

        string text = ended.Answer?.Trim() is { Length: > 0 } answer ? answer
            : ended.Attempt is { } attempt ? await PrintedAsync(attempt, cancellationToken)
            : "";
        return text.Length > 0 ? Cut(text) : "done";
    }

    private async Task<string> PrintedAsync(AttemptId attempt, CancellationToken cancellationToken)
    {
        (string text, bool cut) = await tails.OutputAsync(attempt, Longest, cancellationToken);
        return (cut ? "…" : "") + text.Trim();
    }

    private static string Cut(string text) => text.Length <= Longest ? text : string.Concat(text.AsSpan(0, Longest - 1), "…");
}
