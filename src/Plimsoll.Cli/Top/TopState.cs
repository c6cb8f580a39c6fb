using Plimsoll.Client.Overviews;
using Plimsoll.Client.Runs;

namespace Plimsoll.Cli.Top;

/// <summary>What the one who looks has chosen.</summary>
/// <param name="Selected">Id of the task; null = none.</param>
/// <param name="Why">The explanation that is shown; null = none.</param>
internal sealed record TopState(TopOrder Order, string? Selected, ExplanationView? Why)
{
    public static TopState Start { get; } = new(TopOrder.Memory, null, null);

    /// <summary>Running tasks in the chosen order.</summary>
    public IReadOnlyList<LiveTaskView> Running(OverviewView overview) => Order switch
    {
        TopOrder.Time => [.. overview.Running.OrderByDescending(static task => task.ElapsedSeconds)],
        TopOrder.Name => [.. overview.Running.OrderBy(static task => task.Name, StringComparer.Ordinal)],
        _ => [.. overview.Running.OrderByDescending(static task => task.UsedBytes).ThenBy(static task => task.Id, StringComparer.Ordinal)],
    };

    /// <summary>Everything that can be selected, as it is listed.</summary>
    public IReadOnlyList<TopTask> Tasks(OverviewView overview) =>
        [.. Running(overview).Select(static task => new TopTask(task.Id, task.Name)), .. overview.Waiting.Select(static task => new TopTask(task.Id, task.Name))];

    public TopState NextOrder() => this with { Order = (TopOrder)(((int)Order + 1) % 3) };

    /// <summary>Selects the next or the previous task; without a selection the first.</summary>
    public TopState Move(OverviewView overview, int by)
    {
        IReadOnlyList<TopTask> tasks = Tasks(overview);
        if (tasks.Count == 0)
            return this with { Selected = null, Why = null };

        int at = tasks.ToList().FindIndex(task => task.Id == Selected);
        return this with { Selected = tasks[at < 0 ? 0 : Math.Clamp(at + by, 0, tasks.Count - 1)].Id, Why = null };
    }
}
