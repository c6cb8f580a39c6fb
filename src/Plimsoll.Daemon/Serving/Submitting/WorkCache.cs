using System.Collections.Concurrent;
using System.Collections.Immutable;
using Plimsoll.Daemon.Projects;
using Plimsoll.Daemon.Requests;
using Plimsoll.Plans.Configuration;
using Plimsoll.Plans.Diagnostics;
using Plimsoll.Plans.Submissions;

namespace Plimsoll.Daemon.Serving.Submitting;

/// <summary>Definitions of tasks that were compiled before: a template that is submitted a thousand times is compiled once.</summary>
/// <remarks>Safe for any number of threads. Bounded: it begins anew when it is full.</remarks>
internal sealed class WorkCache(PlimsollConfiguration configuration)
{
    private const int Most = 4096;
    private const int LongestKept = 64 << 10;

    private readonly ConcurrentDictionary<string, SubmittedWork> known = new(StringComparer.Ordinal);

    public Outcome<SubmittedWork> Get(ReadOnlySpan<char> definition) =>
        known.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(definition, out SubmittedWork? work) ? work : Compile(definition.ToString());

    private Outcome<SubmittedWork> Compile(string definition)
    {
        SubmittedWork? work = SubmissionCompiler.Compile(definition, configuration, out ImmutableArray<PlanDiagnostic> diagnostics);
        if (work is null)
        {
            return new Refusal(ExitCode.Invalid, "the task cannot be accepted as it is written", null, DiagnosticViews.Of(diagnostics));
        }

        if (definition.Length <= LongestKept)
        {
            if (known.Count >= Most)
            {
                known.Clear();
            }

            known[definition] = work;
        }

        return work;
    }
}
