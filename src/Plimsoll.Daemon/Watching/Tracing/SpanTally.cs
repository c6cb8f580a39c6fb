using System.Globalization;
using Plimsoll.Core.Facts;
using Plimsoll.Core.Identity;
using Plimsoll.Core.Lifecycle;
using Plimsoll.Daemon.Hosting;
using Plimsoll.Gateway.Callers;

namespace Plimsoll.Daemon.Watching.Tracing;

/// <summary>Makes spans of durable facts and of ended model calls: one for each run, attempt and call.</summary>
/// <remarks>Facts come on the loop's thread, which only notes them: text and ids are made where they are sent. Calls come on any thread.</remarks>
internal sealed class SpanTally(TaskRegistry registry, TraceIds ids, TimeProvider time, Action<Func<TraceSpan>> made)
{
    private readonly Dictionary<AttemptId, DateTimeOffset> admitted = []; // owned by the loop's thread
    private readonly Dictionary<RunId, RunOpened> opened = []; // owned by the loop's thread
    private readonly Dictionary<RunId, int> unwell = []; // tasks of open runs that ended badly; owned by the loop's thread

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
                if (one.Next is TaskState.Failed or TaskState.Dead && opened.ContainsKey(one.Attempt.Task.Run))
                {
                    unwell[one.Attempt.Task.Run] = unwell.GetValueOrDefault(one.Attempt.Task.Run) + 1;
                }

                break;
            case RunFinished run:
                opened.Remove(run.Run);
                unwell.Remove(run.Run);
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
                    RunTasks? tasks = registry.Find(one.Attempt.Task.Run);
                    int ordinal = one.Attempt.Task.Ordinal;
                    (string? name, string? kind) = (tasks?.NameOf(ordinal), tasks?.ShapeOf(ordinal).Class);
                    made(() => Span(one, since, name, kind));
                    break;
                case RunFinished run when opened.TryGetValue(run.Run, out RunOpened? since):
                    int bad = unwell.GetValueOrDefault(run.Run);
                    made(() => Span(since, run.At, bad));
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
        made(() => Span(call, attempt, now));
    }

    private TraceSpan Span(RunOpened run, DateTimeOffset ended, int bad)
    {
        string? failure = bad == 0 ? null : $"{bad} task{(bad == 1 ? "" : "s")} did not succeed";
        return new TraceSpan(ids.TraceOf(run.Run), ids.SpanOf(run.Run), null, $"run {run.Name}".TrimEnd(), IsCall: false, run.At, ended, [new("plimsoll.run", run.Run.ToString())], failure);
    }

    private TraceSpan Span(AttemptFinished one, DateTimeOffset since, string? name, string? kind)
    {
        List<KeyValuePair<string, string>> attributes =
        [
            new("plimsoll.task", one.Attempt.Task.ToString()),
            new("plimsoll.attempt", Text(one.Attempt.Number)),
            new("plimsoll.class", kind ?? ""),
            new("plimsoll.outcome", Words.Of(one.Outcome)),
        ];
        string? failure = one.Outcome == AttemptOutcome.Succeeded ? null : one.Reason ?? Words.Of(one.Outcome);
        return new TraceSpan(ids.TraceOf(one.Attempt.Task), ids.SpanOf(one.Attempt), ids.ParentOf(one.Attempt), name ?? one.Attempt.Task.ToString(), IsCall: false, since, one.At, attributes, failure);
    }

    private TraceSpan Span(CallRecord call, AttemptId attempt, DateTimeOffset ended)
    {
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
        return new TraceSpan(ids.TraceOf(attempt.Task), span, ids.SpanOf(attempt), $"{call.Route} {call.Model}", IsCall: true, ended - call.Total, ended, attributes, call.Status >= 400 ? $"HTTP {call.Status}" : null);
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
