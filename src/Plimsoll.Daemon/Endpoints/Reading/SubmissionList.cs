using System.Text.Json;
using Plimsoll.Client.Plans;
using Plimsoll.Daemon.Requests;
using Plimsoll.Daemon.Serving.Submitting;

namespace Plimsoll.Daemon.Endpoints.Reading;

/// <summary>Reads many tasks of one request; all of them are good, or every error of the first hundred is told.</summary>
internal static class SubmissionList
{
    private const int MostErrors = 100;

    public static Outcome<IReadOnlyList<Submission>> Read(JsonElement tasks, WorkCache works)
    {
        var submissions = new List<Submission>(tasks.GetArrayLength());
        var errors = new List<DiagnosticView>();
        var definition = new DefinitionText();
        int number = 0;
        foreach (JsonElement task in tasks.EnumerateArray())
        {
            if (TaskReading.Full(task, works, null, definition).TryGet(out Submission? submission, out Refusal? refusal))
            {
                submissions.Add(submission);
            }
            else
            {
                errors.AddRange(refusal.Diagnostics.Select(found => found with { File = $"tasks[{number}]" }));
                if (errors.Count >= MostErrors)
                {
                    break;
                }
            }

            number++;
        }

        return errors.Count > 0 ? new Refusal(ExitCode.Invalid, "no task of the request was accepted", null, errors)
            : submissions.Count == 0 ? new Refusal(ExitCode.Invalid, "the request has no tasks", "Put at least one into tasks.")
            : submissions;
    }
}
