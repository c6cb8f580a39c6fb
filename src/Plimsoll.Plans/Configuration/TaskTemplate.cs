namespace Plimsoll.Plans.Configuration;

/// <summary>A named task template of the configuration: the keys of a task, with parameters.</summary>
public sealed class TaskTemplate
{
    internal TaskTemplate(string name) => Name = name;

    public string Name { get; }
}
