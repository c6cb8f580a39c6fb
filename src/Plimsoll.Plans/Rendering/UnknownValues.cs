using Plimsoll.Core.Lifecycle;

namespace Plimsoll.Plans.Rendering;

/// <summary>Stands for outputs nobody has written yet: they show as they are written in the plan.</summary>
internal sealed class UnknownValues : ITaskValues
{
    public static UnknownValues Instance { get; } = new();

    public string? Output(string need, string key) => $"{{{{needs.{need}.{key}}}}}";

    public TaskState? Outcome(string need) => null;
}
