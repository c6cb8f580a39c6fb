using System.Threading.Channels;
using Plimsoll.Core.Identity;
using Plimsoll.Core.Inputs;
using Plimsoll.Core.Lifecycle;
using Plimsoll.Core.Ports;
using Plimsoll.Engine.Processes;
using Plimsoll.Engine.Workspaces;

namespace Plimsoll.Daemon.Hosting;

/// <summary>Gives attempts their own worktree before they start, and commits what they left when they have ended.</summary>
/// <remarks>
/// One git command at a time, off the loop. It stands between the executor and the loop: the end of an attempt with a worktree is passed on
/// only when its changes are on its branch, so that dependants and <c>plimsoll merge</c> find them.
/// </remarks>
internal sealed class WorkspaceQueue : IInputSink, IDisposable
{
    private readonly string journalId;
    private readonly AttemptLayout layout;
    private readonly string folder;
    private readonly IInputSink inputs;
    private readonly Lock gate = new();
    private readonly Dictionary<AttemptId, Workspace> workspaces = []; // guarded by gate
    private readonly CancellationTokenSource stop = new();

    /// <summary>At most 1,024 attempts are alive, with one preparation and one collection each: it is never full.</summary>
    private readonly Channel<Func<Task>> work = Channel.CreateBounded<Func<Task>>(new BoundedChannelOptions(4096) { SingleReader = true });
    private readonly TimeProvider time;
    private readonly Task worker;
    private volatile bool closed;

    public WorkspaceQueue(ProjectState state, string folder, IInputSink inputs, TimeProvider time, Action<Exception> failed)
    {
        this.time = time;
        journalId = state.Journal.Id;
        layout = state.Layout;
        this.folder = folder;
        this.inputs = inputs;
        worker = WorkAsync(failed);
    }

    /// <summary>Set once, before the first start.</summary>
    public ProcessExecutor? Processes { get; set; }

    /// <summary>From the executor: starts pass through, the end of an attempt with a worktree takes a turn in the queue first.</summary>
    public void Post(Input input)
    {
        if (input is AttemptEnded ended && Find(ended.Attempt) is { } workspace)
        {
            Enqueue(() => CollectAsync(workspace, ended));
        }
        else
        {
            inputs.Post(input);
        }
    }

    /// <summary>Prepares a worktree, then starts the command in it.</summary>
    public void Start(ProcessLaunch launch, RunTasks tasks)
    {
        Workspace workspace = Add(launch.Attempt, tasks);
        Enqueue(() => PrepareAsync(workspace, launch));
    }

    /// <summary>Knows the worktree of an attempt that an earlier Plimsoll started, if it has one.</summary>
    public void Adopt(AttemptId attempt, RunTasks tasks)
    {
        if (Directory.Exists(layout.Worktree(attempt)))
        {
            Add(attempt, tasks).IsAdopted = true;
        }
    }

    /// <summary>Starts nothing more; what is being prepared is not started either, and nobody is told.</summary>
    public void Close() => closed = true;

    /// <summary>An attempt whose worktree is still being made will not be started.</summary>
    public void Cancel(AttemptId attempt)
    {
        if (Find(attempt) is { } workspace)
        {
            workspace.Cancelled = true;
        }
    }

    public void Dispose()
    {
        work.Writer.TryComplete();
        worker.GetAwaiter().GetResult();
        stop.Dispose();
    }

    private Workspace Add(AttemptId attempt, RunTasks tasks)
    {
        string name = tasks.NameOf(attempt.Task.Ordinal);
        var workspace = new Workspace(name, BranchName.Of(journalId, name, attempt), layout.Worktree(attempt), tasks.BaseCommit);
        lock (gate)
        {
            workspaces[attempt] = workspace;
        }

        return workspace;
    }

    private void Enqueue(Func<Task> item)
    {
        if (!work.Writer.TryWrite(item))
        {
            throw new InvalidOperationException("more worktrees are asked for than attempts can be alive");
        }
    }

    private async Task PrepareAsync(Workspace workspace, ProcessLaunch launch)
    {
        if (closed)
        {
            return;
        }

        WorkspaceResult<GitRepository> repository = await GitRepository.OpenAsync(folder, stop.Token);
        if (repository.Value is not { } opened)
        {
            Refuse(launch.Attempt, repository.Error!);
            return;
        }

        WorkspaceResult<string> created = workspace.Cancelled
            ? new WorkspaceRefusal("ended before it began")
            : await new Worktrees(opened).CreateAsync(workspace.Path, workspace.Branch, workspace.BaseCommit ?? opened.Head, stop.Token);
        if (created.Value is not { } inside || workspace.Cancelled)
        {
            Refuse(launch.Attempt, created.Error ?? "ended before it began");
            return;
        }

        if (closed)
        {
            return;
        }

        // The task's own `cwd` was resolved against the project folder; the same place inside the worktree.
        string relative = Path.GetRelativePath(folder, launch.WorkingFolder);
        bool within = relative != ".." && !relative.StartsWith("../", StringComparison.Ordinal);
        Processes!.Start(launch with { WorkingFolder = within ? Path.GetFullPath(relative, inside) : launch.WorkingFolder });
    }

    private async Task CollectAsync(Workspace workspace, AttemptEnded ended)
    {
        if (workspace.IsAdopted)
        {
            await Worktrees.UnlockAsync(workspace.Path, time, stop.Token);
        }

        string message = $"{workspace.Task}: changes of attempt {ended.Attempt.Number}";
        WorkspaceResult<string> committed = await Worktrees.CommitAsync(workspace.Path, workspace.Branch, message, stop.Token);
        Forget(ended.Attempt);
        bool succeeded = ended.Report is { ExitCode: 0, StartError: null };
        inputs.Post(committed.Value is null && succeeded
            ? new AttemptEnded(ended.Attempt, ended.Report with { ExitCode = null, StartError = committed.Error, Outputs = null })
            : ended);
    }

    private void Refuse(AttemptId attempt, string error)
    {
        Forget(attempt);
        inputs.Post(new AttemptEnded(attempt, ExitReport.NotStarted(error)));
    }

    private Workspace? Find(AttemptId attempt)
    {
        lock (gate)
        {
            return workspaces.GetValueOrDefault(attempt);
        }
    }

    private void Forget(AttemptId attempt)
    {
        lock (gate)
        {
            workspaces.Remove(attempt);
        }
    }

    private async Task WorkAsync(Action<Exception> failed)
    {
        try
        {
            await foreach (Func<Task> item in work.Reader.ReadAllAsync())
            {
                await item();
            }
        }
        catch (Exception error)
        {
            failed(error);
        }
    }
}
