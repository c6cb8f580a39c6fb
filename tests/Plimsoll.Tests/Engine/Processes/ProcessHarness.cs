using System.Collections.Concurrent;
using Plimsoll.Core.Effects;
using Plimsoll.Core.Identity;
using Plimsoll.Core.Inputs;
using Plimsoll.Core.Lifecycle;
using Plimsoll.Core.Ports;
using Plimsoll.Engine.Isolation;
using Plimsoll.Engine.Processes;
using Xunit;

namespace Plimsoll.Tests.Engine.Processes;

/// <summary>A real executor in a fresh folder; everything it started is gone after dispose.</summary>
internal sealed class ProcessHarness : IInputSink, IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly ConcurrentDictionary<AttemptId, TaskCompletionSource<ExitReport>> ends = new();
    private readonly ConcurrentDictionary<AttemptId, TaskCompletionSource<ProcessIdentity>> starts = new();
    private readonly ConcurrentQueue<Exception> faults = new();
    private int lastTask;

    /// <param name="open">Makes the parent of leaf cgroups for a journal; null = plain processes.</param>
    public ProcessHarness(Func<string, TaskParent>? open = null, TimeProvider? time = null)
    {
        Folder = Directory.CreateTempSubdirectory("plimsoll-engine-").FullName;
        JournalId = Path.GetFileName(Folder);
        Parent = open?.Invoke(JournalId);
        Executor = NewExecutor(time ?? TimeProvider.System);
    }

    public string Folder { get; }

    public string JournalId { get; }

    public ProcessExecutor Executor { get; private set; }

    public TaskParent? Parent { get; }

    public ConcurrentQueue<Input> Posted { get; } = new();

    public AttemptId NewAttempt() => new(new TaskId(new RunId(1), Interlocked.Increment(ref lastTask)), 1, lastTask);

    public AttemptFiles FilesOf(AttemptId attempt)
    {
        string stem = Path.Combine(Folder, $"{attempt.Task.Ordinal}.{attempt.Number}");
        return new AttemptFiles(stem + ".out", stem + ".err", stem + ".pid", stem + ".exit", stem + ".values");
    }

    public ProcessLaunch Launch(StartMode mode, params string[] arguments)
    {
        AttemptId attempt = NewAttempt();
        AttemptFiles files = FilesOf(attempt);
        return new ProcessLaunch(
            attempt, arguments, ["PATH=/usr/bin:/bin", $"PLIMSOLL_OUTPUT={files.Values}"], Folder, mode, files, TimeSpan.FromSeconds(10));
    }

    public ProcessLaunch Shell(StartMode mode, string script) => Launch(mode, "/bin/sh", "-c", script);

    public AttemptId Start(ProcessLaunch launch)
    {
        ends[launch.Attempt] = new(TaskCreationOptions.RunContinuationsAsynchronously);
        starts[launch.Attempt] = new(TaskCreationOptions.RunContinuationsAsynchronously);
        Executor.Start(launch);
        return launch.Attempt;
    }

    /// <summary>The executor leaves what runs to a new one.</summary>
    public IReadOnlyList<AttemptId> Restart()
    {
        IReadOnlyList<AttemptId> left = Executor.Release();
        Executor = NewExecutor(TimeProvider.System);
        return left;
    }

    /// <summary>The executor takes over what an earlier one left.</summary>
    public Adoption Adopt(params AttemptTrace[] traces)
    {
        foreach (AttemptTrace trace in traces)
        {
            ends[trace.Attempt] = new(TaskCreationOptions.RunContinuationsAsynchronously);
            starts[trace.Attempt] = new(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        return Executor.Adopt(traces);
    }

    public Task<ProcessIdentity> Started(AttemptId attempt) => starts[attempt].Task.WaitAsync(Patience, TestContext.Current.CancellationToken);

    public Task<ExitReport> Ended(AttemptId attempt) => ends[attempt].Task.WaitAsync(Patience, TestContext.Current.CancellationToken);

    public Task<ExitReport> Run(ProcessLaunch launch) => Ended(Start(launch));

    public void Kill(AttemptId attempt, double graceSeconds) =>
        Executor.Kill(attempt, TimeSpan.FromSeconds(graceSeconds), KillReason.Cancelled);

    public string OutputOf(AttemptId attempt) => File.ReadAllText(FilesOf(attempt).Output);

    /// <summary>Waits until the task has written this to its output.</summary>
    public async Task Written(AttemptId attempt, string text)
    {
        using CancellationTokenSource patience = new(Patience);
        while (!File.Exists(FilesOf(attempt).Output) || !OutputOf(attempt).Contains(text, StringComparison.Ordinal))
            await Task.Delay(TimeSpan.FromMilliseconds(2), TimeProvider.System, patience.Token);
    }

    /// <summary>Numbers of the living processes that carry this harness's mark or are children of this process in another session.</summary>
    public List<int> Remaining()
    {
        List<int> found = [];
        foreach (string folder in Directory.GetDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(folder), out int pid)
                && AttemptTag.Read(pid)?.Contains(JournalId, StringComparison.Ordinal) == true)
            {
                found.Add(pid);
            }
        }

        return found;
    }

    private ProcessExecutor NewExecutor(TimeProvider time) => new(this, JournalId, time, faults.Enqueue, Parent);

    public void Post(Input input)
    {
        Posted.Enqueue(input);
        switch (input)
        {
            case AttemptStarted { Process: not null } started when starts.TryGetValue(started.Attempt, out var start):
                start.TrySetResult(started.Process);
                break;
            case AttemptEnded ended:
                Assert.True(ends[ended.Attempt].TrySetResult(ended.Report), $"{ended.Attempt} ended twice");
                break;
        }
    }

    public void Dispose()
    {
        Executor.Dispose();
        Parent?.Dispose();
        List<int> remaining = Remaining();
        Directory.Delete(Folder, recursive: true);
        Assert.Empty(faults);
        Assert.Empty(remaining);
    }
}
