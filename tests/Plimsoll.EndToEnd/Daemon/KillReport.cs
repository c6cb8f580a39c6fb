using Plimsoll.Client.Runs;
using Xunit;

namespace Plimsoll.EndToEnd.Daemon;

/// <summary>Holds the journal against what tasks wrote down themselves, after the last task has ended.</summary>
internal sealed class KillReport(MixedLoad load, IReadOnlyList<TaskView> tasks, IReadOnlyList<JournalledAttempt> attempts)
{
    private readonly TaskLog log = load.Log;

    /// <summary>Fails unless nothing was lost, nothing ran twice at once and every end is true.</summary>
    public void AssertTrue()
    {
        Assert.Empty(log.Doubles);
        Assert.Equal(load.Accepted.Order(StringComparer.Ordinal), tasks.Select(task => task.Name).Order(StringComparer.Ordinal));
        Assert.Empty(tasks.Where(task => task.State != MixedKind.Of(task.Name).State).Select(task => $"{task.Name} is {task.State}: {task.Reason}"));

        // Each attempt that began lived through every kill: none began once more than its kind says.
        Dictionary<long, JournalledAttempt> byFence = attempts.ToDictionary(attempt => attempt.Fence);
        ILookup<string, LoggedStart> starts = log.Starts.ToLookup(start => start.Task, StringComparer.Ordinal);
        Assert.Empty(load.Accepted.Where(task => starts[task].Count() != MixedKind.Of(task).Ends.Length).Select(task => Describe(task, starts[task], byFence)));
        Assert.Empty(load.Accepted
            .SelectMany(task => starts[task].Zip(MixedKind.Of(task).Ends, (start, end) => Complaint(start, end, byFence[start.Fence])))
            .OfType<string>());

        // What the journal calls lost had not begun when the service died.
        Assert.All(Unbegun, attempt => Assert.Equal("lost", attempt.Outcome));
    }

    public override string ToString() =>
        $"{load.Accepted.Count} tasks accepted, {tasks.Count} ended as they must; {log.Starts.Count} attempts began, {log.Ends.Count} came to their end, "
        + $"{log.Doubles.Count} ran twice at once; {Unbegun.Count()} were admitted and not begun when the service died, and started anew";

    private IEnumerable<JournalledAttempt> Unbegun => attempts.ExceptBy(log.Starts.Select(start => start.Fence), attempt => attempt.Fence);

    private string? Complaint(LoggedStart start, int? end, JournalledAttempt attempt)
    {
        int? own = log.Ends.TryGetValue(start.Fence, out int code) ? code : null;
        bool isSame = start.Task == attempt.Task && start.Supervisor == (attempt.Supervisor ?? start.Supervisor);
        bool isTrue = end is null ? attempt.Outcome == "timed_out" : attempt.End == end && own == (end >= 0 ? end : null);
        return isSame && isTrue ? null : $"{start} wrote {own}, journalled {attempt}";
    }

    private static string Describe(string task, IEnumerable<LoggedStart> starts, Dictionary<long, JournalledAttempt> byFence) =>
        $"{task} began {starts.Count()} times: {string.Join("; ", starts.Select(start => byFence.GetValueOrDefault(start.Fence)))}";
}
