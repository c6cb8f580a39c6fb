using Plimsoll.EndToEnd.Support;
using Xunit;

namespace Plimsoll.EndToEnd.Crashes;

/// <summary>A plan whose tasks write down when they start and end, and notice when two attempts of one task overlap.</summary>
internal sealed class RecordedWork
{
    private readonly TemporaryProject _project;

    public RecordedWork(TemporaryProject project, int tasks)
    {
        _project = project;
        Tasks = tasks;
        Directory.CreateDirectory(project.PathOf("locks"));
        // The lock lives as long as any process of the attempt: a second attempt beside a surviving child counts as a double.
        project.Write("work.sh", """
            exec 9>"locks/$1"
            flock -n 9 || echo "double $1" >>effects
            echo "start $1" >>effects
            sleep 0.05
            echo "end $1" >>effects

            """);
        project.Write("plan.yaml", $$$"""
            name: recorded
            tasks:
              work:
                matrix: { i: [{{{string.Join(", ", Enumerable.Range(1, tasks))}}}] }
                run: [sh, work.sh, "{{i}}"]
            """);
    }

    public int Tasks { get; }

    public int Count(string kind) => Effects(kind).Count;

    /// <summary>How often each task wrote this line.</summary>
    public Dictionary<string, int> PerTask(string kind) => Effects(kind).GroupBy(task => task, StringComparer.Ordinal).ToDictionary(group => group.Key, group => group.Count(), StringComparer.Ordinal);

    /// <summary>Fails unless every task ended at least once and no two attempts of one task ever overlapped.</summary>
    public void AssertWhole()
    {
        Assert.Empty(Effects("double"));
        Assert.Equal(Tasks, PerTask("end").Count);
    }

    private List<string> Effects(string kind) =>
        [.. _project.Lines("effects").Where(line => line.StartsWith(kind + " ", StringComparison.Ordinal)).Select(line => line[(kind.Length + 1)..])];
}
