using Plimsoll.Core.Ports;
using Plimsoll.Daemon.Requests;

namespace Plimsoll.Daemon.Serving.Submitting;

/// <summary>Tasks that are accepted together or not at all, with the one who waits for it.</summary>
internal sealed record SubmissionRequest(IReadOnlyList<Submission> Tasks)
{
    /// <summary>What else is to be durable in the turn of the tasks; told their ids. It may not throw.</summary>
    public Func<IReadOnlyList<Submitted>, IReadOnlyList<ServiceRecord>>? With { get; init; }

    public TaskCompletionSource<Outcome<IReadOnlyList<Submitted>>> Answer { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
}
