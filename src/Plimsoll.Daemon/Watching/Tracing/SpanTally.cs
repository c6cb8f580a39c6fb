using System.Globalization;
using Plimsoll.Core.Facts;
using Plimsoll.Core.Identity;
using Plimsoll.Core.Lifecycle;
using Plimsoll.Daemon.Hosting;
using Plimsoll.Gateway.Callers;

namespace Plimsoll.Daemon.Watching.Tracing;

/// <summary>Makes spans of durable facts and of ended model calls: one for each run, attempt and call.</summary>
/// <remarks>Facts come on the loop's thread, calls on any.</remarks>
internal sealed class SpanTally(TaskRegistry registry, TraceIds ids, TimeProvider time, Action<TraceSpan> made)
{
    private readonly Dictionary<AttemptId, DateTimeOffset> admitted = []; // owned by the loop's thread
    private readonly Dictionary<RunId, RunOpened> opened = []; // owned by the loop's thread

    /// <summary>Takes a fact of the journal: what goes on still will become a span.</summary>
    public void Recover(Fact fact)
    {
        switch (fact)
        {
            case RunOpened run:
                opened[run.Run] = run;
                break;
            case AttemptAdmitted one:
                admitted[one.Attempt] = one.At;
                break;
            case AttemptFinished one:
                admitted.Remove(one.Attempt);
                break;
            case RunFinished run:
                opened.Remove(run.Run);
                break;
        }
    }

    public void Observe(IReadOnlyList<Fact> facts)
    {
        for (int i = 0; i < facts.Count; i++)
        {
            switch (facts[i])
            {
                case AttemptFinished one when admitted.TryGetValue(one.Attempt, out DateTimeOffset since):
                    made(Span(one, since));
                    break;
                case RunFinished run when opened.TryGetValue(run.Run, out RunOpened? since):
                    made(new TraceSpan(ids.TraceOf(run.Run), ids.SpanOf(run.Run), null, $"run {since.Name}".TrimEnd(), IsCall: false, since.At, run.At, [new("plimsoll.run", run.Run.ToString())], null));
                    break;
            }

            Recover(facts[i]);
        }
    }

    /// <summary>A model call has ended.</summary>
    public void Ended(CallRecord call)
    {
        if (call.Caller.Attempt is not { } attempt)
        {
            return;
        }

        DateTimeOffset now = time.GetUtcNow();
        List<KeyValuePair<string, string>> attributes =
        [
            new("gen_ai.operation.name", call.Route),
            new("gen_ai.provider.name", call.Provider ?? "none"),
            new("gen_ai.request.model", call.Model ?? "none"),
            new("gen_ai.usage.input_tokens", Text(call.Usage.InputTokens + call.Usage.CachedTokens)),
            new("gen_ai.usage.output_tokens", Text(call.Usage.OutputTokens)),
            new("plimsoll.source", call.Source),
        ];
        string span = Convert.ToHexStringLower(System.Security.Cryptography.RandomNumberGenerator.GetBytes(8));
        made(new TraceSpan(ids.TraceOf(attempt.Task), span, ids.SpanOf(attempt), $"{call.Route} {call.Model}", IsCall: true, now - call.Total, now, attributes, call.Status >= 400 ? $"HTTP {call.Status}" : null));
    }

    private TraceSpan Span(AttemptFinished one, DateTimeOffset since)
    {
        RunTasks? run = registry.Find(one.Attempt.Task.Run);
        int ordinal = one.Attempt.Task.Ordinal;
        List<KeyValuePair<string, string>> attributes =
        [
            new("plimsoll.task", one.Attempt.Task.ToString()),
            new("plimsoll.attempt", Text(one.Attempt.Number)),
            new("plimsoll.class", run?.ShapeOf(ordinal).Class ?? ""),
            new("plimsoll.outcome", Words.Of(one.Outcome)),
        ];
        string name = run?.NameOf(ordinal) ?? one.Attempt.Task.ToString();
        return new TraceSpan(ids.TraceOf(one.Attempt.Task), ids.SpanOf(one.Attempt), ids.ParentOf(one.Attempt), name, IsCall: false, since, one.At, attributes, one.Outcome == AttemptOutcome.Succeeded ? null : one.Reason ?? Words.Of(one.Outcome));
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
