using Plimsoll.Plans.Reading;
using Plimsoll.Plans.Tasks;

namespace Plimsoll.Plans.Configuration;

/// <summary>A named task template of the configuration: the keys of a task, with parameters.</summary>
public sealed class TaskTemplate
{
    private TaskTemplate(string name) => Name = name;

    public string Name { get; }

    /// <summary>Parameters with their defaults; null must be given by each task.</summary>
    internal Dictionary<string, Node?> Parameters { get; } = new(StringComparer.Ordinal);

    internal TaskSettings Settings { get; private init; } = null!;

    internal static TaskTemplate Read(string name, Node node, Scalars scalars)
    {
        TaskTemplate template = new(name) { Settings = new TaskSettings { At = node, Id = name } };
        IReadOnlyList<NodeEntry> entries = scalars.Mapping(node, $"template {name}");
        TaskKeys.Read(template.Settings, entries, KeyPlaces.Template, scalars, "a template", "params");
        if (node.Find("params") is { } parameters)
        {
            template.ReadParameters(parameters, scalars);
        }

        return template;
    }

    // A list names parameters without defaults, a mapping gives defaults (nothing = none).
    private void ReadParameters(Node node, Scalars scalars)
    {
        IEnumerable<(Node Key, Node? Value)> written = node.Kind == NodeKind.Map
            ? node.Entries.Select(entry => (entry.Key, entry.Value.IsNull ? null : (Node?)entry.Value))
            : scalars.OneOrMore(node, "params").Select(item => (item, (Node?)null));
        foreach ((Node key, Node? value) in written)
        {
            if (!Names.IsKey(key.Text) || key.Text == "plimsoll")
            {
                scalars.Diagnostics.Error(key, "this cannot be the name of a parameter", Names.KeyRule);
            }
            else if (value is null || scalars.Text(value, key.Text) is not null)
            {
                Parameters[key.Text] = value;
            }
        }
    }
}
