using Plimsoll.Client.Http;
using Plimsoll.Client.Services;
using Plimsoll.Daemon.Requests;

namespace Plimsoll.Daemon.Links;

/// <summary>Turns what a service answers into what verbs understand.</summary>
internal static class Problems
{
    public static Refusal ToRefusal(this ProblemView problem) =>
        new(problem.Status is 0 or >= 500 ? ExitCode.Environment : ExitCode.Invalid, problem.Title, problem.Cure, problem.Errors ?? []) { IsMissing = problem.Status == 404 };

    public static Outcome<T> ToOutcome<T>(this ServiceAnswer<T> answer) => answer.TryGet(out T? value, out ProblemView? problem) ? value : problem.ToRefusal();
}
