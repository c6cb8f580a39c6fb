using Plimsoll.Core.Lifecycle;
using Plimsoll.Engine.Isolation;
using Plimsoll.Engine.Processes;
using Plimsoll.Engine.Processes.Native;
using Plimsoll.Tests.Support;
using Xunit;

namespace Plimsoll.Tests.Engine.Processes;

/// <summary>Commands that nobody waits for, in leaves that nobody watches: what a killed Plimsoll leaves behind.</summary>
/// <remarks>Their orphans go to init, as they do when the Plimsoll that made them has died.</remarks>
internal sealed class AbandonedFleet : IDisposable
{
    private readonly CommandSpawner spawner = new();
    private readonly List<int> started = [];

    public AbandonedFleet(Hierarchy kind)
    {
        string? missing = null;
        Harness = new ProcessHarness(kind == Hierarchy.None ? null : journal => Open(journal, kind, out missing)!);
        if (kind != Hierarchy.None && Harness.Parent is null)
            Dispose();

        Component.RequireThat(kind == Hierarchy.None || Harness.Parent is not null, $"cgroups: {missing}");
        _ = LibC.Control(LibC.SetChildSubreaper, 0, 0, 0, 0);
    }

    public ProcessHarness Harness { get; }

    public AttemptTrace Spawn(string script, StartMode mode = StartMode.Supervised) => Spawn(Harness.Shell(mode, script));

    /// <returns>What a journal would know of it.</returns>
    public AttemptTrace Spawn(ProcessLaunch launch)
    {
        TaskLeaf? leaf = launch.Mode == StartMode.Direct ? null : Harness.Parent?.Make(launch.Attempt, launch.Limits, out _);
        LiveAttempt attempt = new(launch, AttemptTag.Of(Harness.JournalId, launch.Attempt), 1) { Leaf = leaf };
        int pid = spawner.Spawn(attempt, out string? refusal);
        Assert.Null(refusal);
        started.Add(pid);
        Assert.True(ProcStat.TryRead(pid, out ProcStat stat));
        return new AttemptTrace(launch.Attempt, new ProcessIdentity(pid, stat.StartTicks, BootIdentity.Current), launch.Files)
        {
            Limits = launch.Limits,
            DeclaredOutputs = launch.DeclaredOutputs,
            Grace = TimeSpan.FromMilliseconds(200),
        };
    }

    /// <summary>Lets a script go on that waits for it by <see cref="Wait"/>.</summary>
    public void LetGo() => File.WriteAllText(Path.Combine(Harness.Folder, "go"), "");

    /// <summary>Shell words that say ready and wait for <see cref="LetGo"/>.</summary>
    public const string Wait = "echo ready; while [ ! -e go ]; do sleep 0.02; done; ";

    /// <summary>Collects a child that has ended, as init would.</summary>
    public static unsafe void Reap(int pid) => _ = LibC.Wait(pid, null, 0, null);

    public unsafe void Dispose()
    {
        Harness.Dispose();
        foreach (int pid in started)
            _ = LibC.Wait(pid, null, LibC.WaitNoHang, null);

        spawner.Dispose();
        _ = LibC.Control(LibC.SetChildSubreaper, 1, 0, 0, 0);
    }

    private static TaskParent? Open(string journal, Hierarchy kind, out string? missing) =>
        TaskParent.TryOpen(new IsolationOptions(journal) { UseUnified = kind == Hierarchy.Unified, UseSystemd = false }, Assert.Fail, out missing);
}
