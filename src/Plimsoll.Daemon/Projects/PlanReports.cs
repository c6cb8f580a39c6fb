using Plimsoll.Client.Plans;
using Plimsoll.Core.Graphs;
using Plimsoll.Daemon.Requests;
using Plimsoll.Plans;
using Plimsoll.Plans.Rendering;

namespace Plimsoll.Daemon.Projects;

/// <summary>Tells what a compiled plan would do, without doing it.</summary>
internal static class PlanReports
{
    private const int MostTasks = 10_000;
    private const int MostNeeds = 100;

    public static PlanReportView Of(PlanRequest request, CompileResult result, string executable)
    {
        IReadOnlyList<DiagnosticView> diagnostics = DiagnosticViews.Of(result.Diagnostics);
        if (result.Plan is not { } plan)
        {
            return new PlanReportView(request.Name, "", Valid: false, 0, 0, [], [], diagnostics);
        }

        TaskBlock block = plan.Block;
        return new PlanReportView(
            request.Name,
            plan.Name,
            Valid: true,
            block.Count,
            block.Edges.Length,
            Classes(block),
            Order(plan, executable),
            diagnostics);
    }

    private static PlanClassView[] Classes(TaskBlock block) =>
    [
        .. block.ShapeOf
            .GroupBy(shape => block.Shapes[shape].Class, StringComparer.Ordinal)
            .Select(group => new PlanClassView(group.Key, group.Count()))
            .OrderByDescending(view => view.Tasks)
            .ThenBy(view => view.Class, StringComparer.Ordinal),
    ];

    private static List<PlannedTaskView> Order(CompiledPlan plan, string executable)
    {
        TaskBlock block = plan.Block;
        int[] levels = Levels(block);
        int[] order = [.. Enumerable.Range(0, block.Count)
            .OrderBy(task => levels[task])
            .ThenByDescending(task => block.Priority[task])
            .ThenByDescending(task => block.Rank[task])
            .ThenBy(task => task)
            .Take(MostTasks)];
        ILookup<int, int> needs = block.Edges.ToLookup(edge => edge.To, edge => edge.From);
        TaskRenderer renderer = TaskRenderer.Create(plan.Document, executable);
        return
        [
            .. order.Select(task => new PlannedTaskView(
                block.Names[task],
                block.Shapes[block.ShapeOf[task]].Class,
                levels[task],
                block.Priority[task],
                [.. needs[task].Take(MostNeeds).Select(need => block.Names[need])],
                renderer.Describe(task, block.Names[task]))),
        ];
    }

    /// <summary>Longest chain of edges before each task (Kahn's algorithm).</summary>
    private static int[] Levels(TaskBlock block)
    {
        int[] levels = new int[block.Count];
        int[] open = new int[block.Count];
        foreach (TaskEdge edge in block.Edges)
        {
            open[edge.To]++;
        }

        ILookup<int, int> dependants = block.Edges.ToLookup(edge => edge.From, edge => edge.To);
        var ready = new Queue<int>(Enumerable.Range(0, block.Count).Where(task => open[task] == 0));
        while (ready.TryDequeue(out int task))
        {
            foreach (int next in dependants[task])
            {
                levels[next] = Math.Max(levels[next], levels[task] + 1);
                if (--open[next] == 0)
                {
                    ready.Enqueue(next);
                }
            }
        }

        return levels;
    }
}
