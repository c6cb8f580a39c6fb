using System.Security.Cryptography;
using System.Text;
using Plimsoll.Core.Identity;

namespace Plimsoll.Daemon.Watching.Tracing;

/// <summary>Trace and span ids that follow from the identity of runs and attempts: the same before and after a restart, with nothing to remember.</summary>
/// <remarks>W3C Trace Context, level 1: 16 and 8 bytes in hexadecimal, flags 01 for sampled. Single tasks of a service have a trace each, runs one for all their tasks.</remarks>
internal sealed class TraceIds(string journalId, Func<RunId, bool> isInbox)
{
    /// <summary>Of the run, or of the single task.</summary>
    public string TraceOf(TaskId task) => isInbox(task.Run) ? Hash($"task {task.Value}", 16) : TraceOf(task.Run);

    public string TraceOf(RunId run) => Hash($"run {run.Value}", 16);

    public string SpanOf(AttemptId attempt) => Hash($"attempt {attempt}", 8);

    public string SpanOf(RunId run) => Hash($"root {run.Value}", 8);

    /// <summary>Id of the span that an attempt's belongs to; null for single tasks.</summary>
    public string? ParentOf(AttemptId attempt) => isInbox(attempt.Task.Run) ? null : SpanOf(attempt.Task.Run);

    /// <summary>What the environment of an attempt says as TRACEPARENT.</summary>
    public string ParentFor(AttemptId attempt) => $"00-{TraceOf(attempt.Task)}-{SpanOf(attempt)}-01";

    private string Hash(string text, int bytes) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{journalId} {text}")).AsSpan(0, bytes));
}
