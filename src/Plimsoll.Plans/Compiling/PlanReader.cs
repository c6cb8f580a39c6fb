using Plimsoll.Plans.Configuration;
using Plimsoll.Plans.Providers;
using Plimsoll.Plans.Reading;
using Plimsoll.Plans.Tasks;

namespace Plimsoll.Plans.Compiling;

/// <summary>Reads the root of a plan into a draft and reports everything wrong with single values.</summary>
internal sealed class PlanReader(Scalars scalars, PlimsollConfiguration configuration)
{
    private readonly TaskSettings noDefaults = new() { At = Node.Scalar("", "") };

    public PlanDraft Read(Node root, PlanSource source)
    {
        PlanDraft plan = new() { Name = Path.GetFileNameWithoutExtension(source.File) is { Length: > 0 } name ? name : "plan" };
        TaskSettings defaults = noDefaults;
        foreach (NodeEntry entry in scalars.Mapping(root, "a plan"))
        {
            switch (entry.Key.Text)
            {
                case "name":
                    plan.Name = scalars.Text(entry.Value, "name") is { } text ? Printable.Shorten(text, 200) : plan.Name;
                    break;
                case "defaults":
                    defaults = new TaskSettings { At = entry.Value };
                    TaskKeys.Read(defaults, scalars.Mapping(entry.Value, "defaults"), KeyPlaces.Defaults, scalars, "defaults");
                    break;
                case "concurrency":
                    plan.Concurrency = new ConcurrencyReader(scalars).Read(entry.Value);
                    break;
                case "locks":
                    plan.LockUnits = LockReader.Units(entry.Value, scalars);
                    break;
                case "limits":
                    plan.Limits = LimitReader.ReadAll(entry.Value, scalars);
                    break;
                case "params":
                    WorkReader.Values(entry.Value, "params", scalars).ForEach(value => plan.Values[value.Key.Text] = value.Value);
                    break;
                case "tasks":
                    break;
                default:
                    scalars.UnknownKey(entry.Key, "a plan", PlanKeys.Names);
                    break;
            }
        }

        ApplyParameters(plan, source.Parameters);
        ReadTasks(root, plan, defaults);
        return plan;
    }

    // The command line comes last, so it wins; it cannot add names, because that is a typing error more often than a wish.
    private void ApplyParameters(PlanDraft plan, IReadOnlyDictionary<string, string> parameters)
    {
        foreach ((string name, string value) in parameters)
        {
            Node node = Node.Scalar("command line", value);
            if (!plan.Values.ContainsKey(name))
            {
                scalars.Diagnostics.Error(node, name, "the plan has no such parameter", Nearest.Cure(name, plan.Values.Keys, "parameter; declare it under params: at the top of the plan"));
            }
            else if (value.Length == 0 || scalars.Text(node, name) is not null)
            {
                plan.Values[name] = node;
            }
        }
    }

    private void ReadTasks(Node root, PlanDraft plan, TaskSettings defaults)
    {
        if (root.Kind != NodeKind.Map)
        {
            return;
        }

        Node? tasks = root.Find("tasks");
        if (tasks is null || (tasks.Kind == NodeKind.Scalar && tasks.IsNull) || (tasks.Items.Count == 0 && tasks.Entries.Count == 0 && tasks.Kind != NodeKind.Scalar))
        {
            scalars.Diagnostics.Error(tasks ?? root, null, "the plan has no tasks", "Write at least one under tasks:, for example hello: {run: echo hello}.");
            return;
        }

        if (tasks.Kind == NodeKind.List)
        {
            tasks.Items.ForEach(item => ReadItem(item, plan, defaults));
            return;
        }

        foreach (NodeEntry entry in scalars.Mapping(tasks, "tasks"))
        {
            Add(plan, entry.Key, entry.Value, defaults, []);
        }
    }

    private void ReadItem(Node item, PlanDraft plan, TaskSettings defaults)
    {
        if (item.Kind != NodeKind.Map)
        {
            scalars.Diagnostics.Error(item, "a task must be a mapping", "Write - {id: build, run: make}.");
            return;
        }

        if (item.Find("id") is { } id)
        {
            Add(plan, id, item, defaults, ["id"]);
        }
        else
        {
            scalars.Diagnostics.Error(item, null, "a task of a list has no id", "Add id: with the name of the task.");
        }
    }

    private void Add(PlanDraft plan, Node id, Node body, TaskSettings defaults, ReadOnlySpan<string> extra)
    {
        TaskSettings settings = new() { At = id, Id = id.Text };
        TaskDraft draft = new(settings);
        if (id.Kind != NodeKind.Scalar || !Names.IsId(id.Text))
        {
            scalars.Diagnostics.Error(id, "this cannot be the id of a task", Names.IdRule);
        }
        else if (!plan.ById.TryAdd(id.Text, draft))
        {
            Node first = plan.ById[id.Text].Settings.At;
            scalars.Diagnostics.Error(id, $"the id is used twice, first at line {first.Line} column {first.Column}", "Give one of the tasks another id.");
        }

        if (body.Kind != NodeKind.Map)
        {
            scalars.Diagnostics.Error(body, "a task must be a mapping", "Write keys like run: under it.");
            return;
        }

        TaskKeys.Read(settings, body.Entries, KeyPlaces.Task, scalars, "a task", extra);
        ApplyTemplate(draft);
        settings.Inherit(defaults);
        CheckWork(settings);
        plan.Tasks.Add(draft);
    }

    private void ApplyTemplate(TaskDraft draft)
    {
        TaskSettings settings = draft.Settings;
        if (settings.Template is not { } at)
        {
            if (settings.Params is not null && !settings.WorkRefused)
            {
                scalars.Diagnostics.Error(settings.At, null, "params belong to a template", "Add template:, or remove params:.");
            }

            return;
        }

        if (settings.Run is not null || settings.Agent is not null || settings.Noop is not null || settings.Llm is not null)
        {
            return;
        }

        if (!configuration.Templates.TryGetValue(at.Text, out TaskTemplate? template))
        {
            scalars.Diagnostics.Error(at, "unknown template", Nearest.Cure(at.Text, [.. configuration.Templates.Keys], $"template in {ConfigurationLoader.FileName}"));
            settings.WorkRefused = true;
            return;
        }

        draft.Template = template;
        settings.Inherit(template.Settings);
        foreach (NodeEntry given in settings.Params ?? [])
        {
            if (!template.Parameters.ContainsKey(given.Key.Text))
            {
                scalars.Diagnostics.Error(given.Key, $"template {at.Text} has no such parameter", Nearest.Cure(given.Key.Text, template.Parameters.Keys, "parameter"));
            }
        }

        foreach ((string name, Node? value) in template.Parameters)
        {
            if (value is null && (settings.Params ?? []).All(given => given.Key.Text != name))
            {
                scalars.Diagnostics.Error(at, $"template {at.Text} needs the parameter {name}", $"Add params: {{{name}: …}}.");
            }
        }
    }

    private void CheckWork(TaskSettings settings)
    {
        List<(string Name, Node At)> work = [];
        foreach ((string name, Node? at) in new[] { ("run", settings.Run), ("agent", settings.Agent), ("llm", settings.Llm), ("noop", settings.Noop) })
        {
            if (at is not null)
            {
                work.Add((name, at));
            }
        }

        if (settings.Template is not null && work.Count > 0 && settings.Template.File == work[0].At.File)
        {
            work.Add(("template", settings.Template));
        }

        if (work.Count > 1)
        {
            scalars.Diagnostics.Error(work[^1].At, null, $"the task says both {work[0].Name} and {work[^1].Name}", "Keep one; make two tasks of it if both are meant.");
        }
        else if (work.Count == 0 && !settings.WorkRefused)
        {
            scalars.Diagnostics.Error(settings.At, "the task says nothing to do", "Add run:, agent: with prompt:, llm:, template: or noop:.");
        }
        else if (settings.Prompt is not null && settings.Agent is null && !settings.WorkRefused)
        {
            scalars.Diagnostics.Error(settings.Prompt, "a prompt needs an agent", "Add agent: with its name.");
        }
        else if (settings.Agent is { } agent && !settings.WorkRefused)
        {
            CheckAgent(settings, agent);
        }
    }

    private void CheckAgent(TaskSettings settings, Node agent)
    {
        if (!configuration.Agents.ContainsKey(agent.Text))
        {
            scalars.Diagnostics.Error(agent, "unknown agent", Nearest.Cure(agent.Text, [.. configuration.Agents.Keys.Order(StringComparer.Ordinal)], "agent") + $" Others are declared under agents: in {ConfigurationLoader.FileName}.");
        }

        if (settings.Prompt is null)
        {
            scalars.Diagnostics.Error(agent, "the agent has no prompt", "Add prompt: with what it is to do.");
        }
    }
}
