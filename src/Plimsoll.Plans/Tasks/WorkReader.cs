using System.Collections.Immutable;
using Plimsoll.Plans.Reading;

namespace Plimsoll.Plans.Tasks;

/// <summary>Reads the keys that say what a task executes.</summary>
internal static class WorkReader
{
    public static void Run(TaskSettings settings, Node node, Scalars scalars)
    {
        bool good = node.Kind switch
        {
            NodeKind.Scalar => scalars.Text(node, "run") is { } line && NotBlank(line, node, scalars),
            NodeKind.List when node.Items.Count > 0 => node.Items.TrueForAll(item => scalars.Text(item, "an item of run") is not null),
            _ => Refuse(node, scalars),
        };
        Take(settings, good, () => settings.Run = node);
    }

    public static void Agent(TaskSettings settings, Node node, Scalars scalars) =>
        Take(settings, scalars.Text(node, "agent") is not null, () => settings.Agent = node);

    public static void Prompt(TaskSettings settings, Node node, Scalars scalars) =>
        Take(settings, scalars.Text(node, "prompt") is { } text && NotBlank(text, node, scalars), () => settings.Prompt = node);

    public static void Noop(TaskSettings settings, Node node, Scalars scalars)
    {
        settings.NoopDuration = scalars.Duration(node, "noop", zero: true);
        Take(settings, settings.NoopDuration is not null, () => settings.Noop = node);
    }

    /// <summary>Names with scalar values, for example parameters.</summary>
    public static List<NodeEntry> Values(Node node, string what, Scalars scalars)
    {
        List<NodeEntry> values = [];
        foreach (NodeEntry entry in scalars.Mapping(node, what))
        {
            if (!Names.IsKey(entry.Key.Text))
            {
                scalars.Diagnostics.Error(entry.Key, $"this name cannot be used in {what}", Names.KeyRule);
            }
            else if (scalars.Text(entry.Value, entry.Key.Text) is not null)
            {
                values.Add(entry);
            }
        }

        return values;
    }

    public static List<MatrixAxis> Matrix(Node node, Scalars scalars)
    {
        List<MatrixAxis> axes = [];
        foreach (NodeEntry entry in scalars.Mapping(node, "matrix"))
        {
            if (!Names.IsKey(entry.Key.Text) || entry.Key.Text is "plimsoll")
            {
                scalars.Diagnostics.Error(entry.Key, "this name cannot be a key of a matrix", Names.KeyRule);
            }
            else if (entry.Value.Kind != NodeKind.List || entry.Value.Items.Count == 0)
            {
                scalars.Diagnostics.Error(entry.Value, "a key of a matrix needs a list with at least one value", "Write key: [a, b].");
            }
            else if (entry.Value.Items.TrueForAll(item => scalars.Text(item, "a value of a matrix") is not null))
            {
                axes.Add(new MatrixAxis(entry.Key, entry.Value.Items));
            }
        }

        return axes;
    }

    public static void Outputs(TaskSettings settings, Node node, Scalars scalars)
    {
        ImmutableArray<string>.Builder keys = ImmutableArray.CreateBuilder<string>();
        foreach (Node item in scalars.OneOrMore(node, "outputs"))
        {
            if (item.Kind != NodeKind.Scalar || !Names.IsKey(item.Text) || item.Text == "outcome")
            {
                scalars.Diagnostics.Error(item, "this cannot be the key of an output", Names.KeyRule + " outcome is taken.");
            }
            else if (!keys.Contains(item.Text))
            {
                keys.Add(item.Text);
            }
        }

        settings.Outputs = keys.ToImmutable();
    }

    public static void Environment(TaskSettings settings, Node node, Scalars scalars)
    {
        List<EnvironmentSetting> entries = [];
        foreach (NodeEntry entry in scalars.Mapping(node, "env"))
        {
            if (!Names.IsVariable(entry.Key.Text))
            {
                scalars.Diagnostics.Error(entry.Key, "this cannot be the name of an environment variable", "Use letters, digits and _, not starting with a digit.");
            }
            else if (entry.Key.Text.StartsWith("PLIMSOLL_", StringComparison.Ordinal))
            {
                scalars.Diagnostics.Error(entry.Key, "variables that begin with PLIMSOLL_ are Plimsoll's own", "Choose another name.");
            }
            else if (entry.Value.Kind == NodeKind.Map)
            {
                From(entry, entries, scalars);
            }
            else if (entry.Value.IsNull)
            {
                entries.Add(new EnvironmentSetting(entry.Key.Text, Node.Scalar(entry.Value.File, ""), null));
            }
            else if (scalars.Text(entry.Value, entry.Key.Text) is not null)
            {
                entries.Add(new EnvironmentSetting(entry.Key.Text, entry.Value, null));
            }
        }

        settings.Environment = entries;
    }

    private static void From(NodeEntry entry, List<EnvironmentSetting> entries, Scalars scalars)
    {
        Node? from = entry.Value.Find("from");
        if (from is null || entry.Value.Entries.Count != 1 || !Names.IsVariable(from.Text))
        {
            scalars.Diagnostics.Error(entry.Value, "a variable is a text or {from: NAME}", "Write {from: NAME} with the name of an environment variable.");
            return;
        }

        entries.Add(new EnvironmentSetting(entry.Key.Text, null, from.Text));
    }

    private static bool NotBlank(string text, Node node, Scalars scalars)
    {
        if (!string.IsNullOrWhiteSpace(text))
        {
            return true;
        }

        scalars.Diagnostics.Error(node, "this text is empty", "Write what is to be done.");
        return false;
    }

    private static bool Refuse(Node node, Scalars scalars)
    {
        scalars.Diagnostics.Error(node, "run must be a shell line or a list of arguments", "Write run: make test, or run: [make, test].");
        return false;
    }

    private static void Take(TaskSettings settings, bool good, Action take)
    {
        if (good)
        {
            take();
        }
        else
        {
            settings.WorkRefused = true;
        }
    }
}
