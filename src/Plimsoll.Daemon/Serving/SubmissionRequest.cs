using Plimsoll.Daemon.Requests;

namespace Plimsoll.Daemon.Serving;

/// <summary>Tasks that are accepted together or not at all, with the one who waits for it.</summary>
internal sealed record SubmissionRequest(IReadOnlyList<Submission> Tasks)
{
    public TaskCompletionSource<Outcome<IReadOnlyList<Submitted>>> Answer { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
}
