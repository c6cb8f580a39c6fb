using Plimsoll.Engine.Isolation;
using Plimsoll.Tests.Engine.Processes;
using Plimsoll.Tests.Support;
using Xunit;

namespace Plimsoll.Tests.Engine.Isolation;

/// <summary>An executor whose attempts get real cgroups; nothing of them is left after dispose.</summary>
internal sealed class CgroupRig : IDisposable
{
    private readonly List<string> notices = [];

    public CgroupRig(bool unified = true)
    {
        string? refusal = null;
        TaskParent? opened = null;
        Harness = new ProcessHarness(journal =>
        {
            opened = TaskParent.TryOpen(new IsolationOptions(journal) { UseUnified = unified, UseSystemd = false }, notices.Add, out refusal);
            return opened!;
        });
        if (opened is null)
            Harness.Dispose();

        Component.RequireThat(opened is not null, $"cgroups: {refusal}");
        Parent = opened!;
    }

    public ProcessHarness Harness { get; }

    public TaskParent Parent { get; }

    public IReadOnlyList<string> Notices => notices;

    public string[] Leaves() => [.. Parent.Paths.Folders().Where(Directory.Exists).SelectMany(Directory.GetDirectories)];

    public void Dispose()
    {
        Harness.Dispose();
        Assert.DoesNotContain(Parent.Paths.Folders(), Directory.Exists);
    }
}
