using System.Text;
using Plimsoll.Client.Http;
using Plimsoll.Daemon.Requests;

namespace Plimsoll.Cli.Submitting;

/// <summary>Reads tasks, one JSON object per line, in batches; empty lines are passed over.</summary>
internal sealed class TaskLineReader(TextReader reader)
{
    private int line;

    /// <summary>The next tasks; empty at the end.</summary>
    public async Task<Outcome<IReadOnlyList<TaskSubmission>>> ReadAsync(int most, CancellationToken cancellationToken)
    {
        var tasks = new List<TaskSubmission>();
        try
        {
            while (tasks.Count < most && await reader.ReadLineAsync(cancellationToken) is { } text)
            {
                line++;
                if (string.IsNullOrWhiteSpace(text))
                    continue;
                if (TaskSubmission.Read(text) is not { } task)
                    return new Refusal(ExitCode.Invalid, $"line {line} is not a JSON object with a task: {(text.Length > 80 ? text[..80] + "…" : text)}", "For example {\"template\": \"review\", \"params\": {\"file\": \"a.cs\"}}");
                tasks.Add(task);
            }
        }
        catch (DecoderFallbackException)
        {
            return new Refusal(ExitCode.Invalid, $"line {line + 1} is not UTF-8 text");
        }

        return tasks;
    }
}
