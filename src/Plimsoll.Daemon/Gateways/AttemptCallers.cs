using Plimsoll.Core.Identity;
using Plimsoll.Daemon.Hosting;
using Plimsoll.Gateway.Callers;
using Plimsoll.Plans.Rendering;

namespace Plimsoll.Daemon.Gateways;

/// <summary>Says in whose name attempts call models: their task, its priority, and what it has spent before.</summary>
/// <remarks>For the loop's thread.</remarks>
internal sealed class AttemptCallers(GatewayLink link, UsageTally usage)
{
    public AttemptWiring Wire(AttemptId attempt, RunTasks tasks, RenderedTask task, IReadOnlyDictionary<string, string> inherited) =>
        link.Wire(Of(attempt, tasks), task.Gateway!, task, inherited);

    public LlmCall Call(AttemptId attempt, RunTasks tasks, RenderedTask task) =>
        new(Of(attempt, tasks), task.Call!.Model, task.Call.Prompt)
        {
            System = task.Call.System,
            MaxTokens = task.Call.MaxTokens,
            Provider = task.Gateway?.Route,
        };

    private Caller Of(AttemptId attempt, RunTasks tasks)
    {
        int ordinal = attempt.Task.Ordinal;
        return new Caller(tasks.NameOf(ordinal), attempt, tasks.PriorityOf(ordinal))
        {
            Kind = tasks.ShapeOf(ordinal).Class,
            SpentMicroDollars = usage.Of(attempt.Task).MicroDollars,
        };
    }
}
