using System.Globalization;
using System.Text.RegularExpressions;
using Plimsoll.Plans.Diagnostics;
using Plimsoll.Plans.Reading;

namespace Plimsoll.Plans.WfCommons;

/// <summary>Reads the tasks of WfFormat 1.3 to 1.5; 1.5 keeps structure and measurements apart, older ones together.</summary>
internal sealed partial class RecordingReader(DiagnosticBag diagnostics)
{
    /// <summary>Tasks by id in the order of the file; ids may hold any printable character.</summary>
    public Dictionary<string, RecordedTask> Read(Node root)
    {
        Dictionary<string, RecordedTask> tasks = new(StringComparer.Ordinal);
        Node? workflow = root.Kind == NodeKind.Map ? root.Find("workflow") : null;
        Node? list = workflow?.Find("specification")?.Find("tasks") ?? workflow?.Find("tasks") ?? workflow?.Find("jobs");
        if (list is not { Kind: NodeKind.List, Items.Count: > 0 })
        {
            diagnostics.Error(root, null, "this is no recorded workflow: it has no workflow.specification.tasks", "Give a WfFormat file (JSON), version 1.3 to 1.5.");
            return tasks;
        }

        double factor = RecordingFamily.MemoryFactor(root);
        Dictionary<string, double> files = Files(workflow!);
        foreach (Node item in list.Items)
        {
            ReadTask(item, factor, files, tasks);
        }

        foreach (Node item in workflow!.Find("execution")?.Find("tasks")?.Items ?? [])
        {
            if (item.Find("id") is { } id && tasks.TryGetValue(id.Text, out RecordedTask? task))
            {
                Measure(item, task, factor);
            }
        }

        return tasks;
    }

    /// <summary>A name without the number at its end: what tasks of the same kind share.</summary>
    [GeneratedRegex("_?(ID)?[0-9]+$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Number { get; }

    /// <summary>Bytes of each file by its id; only WfFormat 1.5 has them.</summary>
    private Dictionary<string, double> Files(Node workflow)
    {
        Dictionary<string, double> files = new(StringComparer.Ordinal);
        foreach (Node item in workflow.Find("specification")?.Find("files")?.Items ?? [])
        {
            if (item.Find("id") is { Kind: NodeKind.Scalar } id && ReadNumber(item, "sizeInBytes") is { } bytes)
            {
                files.TryAdd(id.Text, bytes);
            }
        }

        return files;
    }

    private void ReadTask(Node item, double factor, Dictionary<string, double> files, Dictionary<string, RecordedTask> tasks)
    {
        Node? id = item.Find("id") ?? item.Find("name");
        if (id is not { Kind: NodeKind.Scalar, Text.Length: > 0 })
        {
            diagnostics.Error(item, null, "a task has no id", "Add \"id\".");
            return;
        }

        string name = item.Find("name")?.Text is { Length: > 0 } written ? written : id.Text;
        string kind = Number.Replace(name, "");
        RecordedTask task = new() { Id = id.Text, At = id, Kind = kind.Length > 0 ? kind : name };
        task.Parents.AddRange(item.Find("parents")?.Items ?? []);
        task.Children.AddRange(item.Find("children")?.Items ?? []);
        task.InputBytes = (item.Find("inputFiles")?.Items ?? []).Sum(file => files.GetValueOrDefault(file.Text));
        Measure(item, task, factor);
        if (!tasks.TryAdd(task.Id, task))
        {
            diagnostics.Error(id, "the id is used twice", "Give one of the tasks another id.");
        }
    }

    private void Measure(Node item, RecordedTask task, double factor)
    {
        double seconds = ReadNumber(item, "runtimeInSeconds") ?? ReadNumber(item, "runtime") ?? 0;
        double memory = ReadNumber(item, "memoryInBytes") ?? ReadNumber(item, "memory") * 1024 ?? 0;
        double cores = ReadNumber(item, "coreCount") ?? ReadNumber(item, "cores") ?? 0;
        task.Seconds = seconds > 0 ? seconds : task.Seconds;
        task.Memory = RecordingFamily.Memory(memory, factor) ?? task.Memory;
        task.Cores = cores > 0 ? cores : task.Cores;
    }

    private double? ReadNumber(Node item, string key)
    {
        if (item.Find(key) is not { } node || node.IsNull)
        {
            return null;
        }

        if (node.Kind == NodeKind.Scalar && double.TryParse(node.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && double.IsFinite(value) && value is >= 0 and < 1e18)
        {
            return value;
        }

        diagnostics.Error(node, $"{key} must be a number from 0 up", "Correct the recording.");
        return null;
    }
}
