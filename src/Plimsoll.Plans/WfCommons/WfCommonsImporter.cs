using System.Buffers;
using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Plimsoll.Core.Capacity;
using Plimsoll.Core.Graphs;
using Plimsoll.Core.Lifecycle;
using Plimsoll.Core.Units;
using Plimsoll.Plans.Compiling;
using Plimsoll.Plans.Configuration;
using Plimsoll.Plans.Diagnostics;
using Plimsoll.Plans.Reading;
using Plimsoll.Plans.Rendering;

namespace Plimsoll.Plans.WfCommons;

/// <summary>Makes synthetic tasks of a recorded workflow: each holds its memory for its time, both scaled.</summary>
internal sealed class WfCommonsImporter(PlanSource source, PlimsollConfiguration configuration, DiagnosticBag diagnostics)
{
    private readonly WfCommonsOptions options = source.WfCommons ?? new WfCommonsOptions();

    public CompiledPlan? Import(Node root)
    {
        Dictionary<string, RecordedTask> tasks = new RecordingReader(diagnostics).Read(root);
        List<RecordedTask> ordered = [.. tasks.Values];
        TaskEdge[] edges = Edges(ordered, tasks);
        FillGaps(ordered);
        CheckCapacity(ordered);
        if (!diagnostics.HasErrors && CycleFinder.Find(ordered.Count, edges) is [int first, ..] cycle)
        {
            string circle = string.Join(" -> ", cycle.Append(first).Select(task => Printable.Shorten(ordered[task].Id, 80)));
            diagnostics.Error(root, circle, "the tasks need each other in a circle", "Correct the recording.");
        }

        if (diagnostics.HasErrors)
        {
            return null;
        }

        BlockAssembler assembler = new(ordered.Count);
        Utf8Arena names = new(ordered.Count);
        for (int i = 0; i < ordered.Count; i++)
        {
            Assemble(assembler, names, i, ordered[i]);
        }

        TaskBlock block = assembler.Build(names, edges, CriticalPath.Rank(ordered.Count, edges, assembler.Seconds));
        NodeCapacity? capacity = options.Capacity is null && options.Cores is null
            ? null
            : new NodeCapacity(options.Capacity is { } memory ? Scale(memory) : null, options.Cores);
        string name = root.Find("name")?.Text is { Length: > 0 } written ? Printable.Shorten(written, 200) : Path.GetFileNameWithoutExtension(source.File);
        return new CompiledPlan(name, block, Document(ordered), null, configuration.LockUnits, capacity);
    }

    private static void FillGaps(List<RecordedTask> tasks)
    {
        foreach (IGrouping<string, RecordedTask> kind in tasks.GroupBy(task => task.Kind, StringComparer.Ordinal))
        {
            double seconds = Median(kind.Select(task => task.Seconds).OfType<double>());
            double memory = Median(kind.Select(task => (double?)task.Memory?.Value).OfType<double>());
            foreach (RecordedTask task in kind)
            {
                task.Seconds ??= seconds;
                task.Memory ??= memory > 0 ? new Bytes((long)memory) : null;
            }
        }
    }

    private static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return sorted.Length == 0 ? 0 : sorted[sorted.Length / 2];
    }

    private Bytes Scale(Bytes recorded) => new(Math.Max(1, (long)Math.Min(1L << 60, recorded.Value * options.MemoryScale)));

    private double ScaledSeconds(RecordedTask task) => Math.Min((task.Seconds ?? 0) * options.TimeScale, Durations.Longest.TotalSeconds);

    private TaskEdge[] Edges(List<RecordedTask> ordered, Dictionary<string, RecordedTask> tasks)
    {
        Dictionary<string, int> index = new(StringComparer.Ordinal);
        ordered.ForEach(task => index.Add(task.Id, index.Count));
        HashSet<(int From, int To)> pairs = [];
        List<TaskEdge> edges = [];
        foreach (RecordedTask task in ordered)
        {
            foreach ((Node other, bool isParent) in task.Parents.Select(node => (node, true)).Concat(task.Children.Select(node => (node, false))))
            {
                if (!index.TryGetValue(other.Text, out int found))
                {
                    diagnostics.Error(other, $"task {Printable.Shorten(task.Id, 80)} names a task that does not exist", "Correct the recording.");
                    continue;
                }

                (int from, int to) = isParent ? (found, index[task.Id]) : (index[task.Id], found);
                if (pairs.Add((from, to)))
                {
                    edges.Add(new TaskEdge(from, to, false));
                }
            }
        }

        return tasks.Count == 0 ? [] : [.. edges];
    }

    private void CheckCapacity(List<RecordedTask> tasks)
    {
        foreach (RecordedTask task in tasks)
        {
            if (task.Memory is { } memory && options.Capacity is { } capacity && memory > capacity)
            {
                diagnostics.Error(task.At, $"{memory}", $"the task can never start: it needs {memory} in the recording's units, and the capacity is {capacity}", "Raise --capacity.");
            }

            if (options.Cores is { } cores && task.Cores > cores)
            {
                diagnostics.Error(task.At, task.Cores.ToString(CultureInfo.InvariantCulture), "the task can never start: it claims more cores than there are", "Raise --cores.");
            }
        }
    }

    private void Assemble(BlockAssembler assembler, Utf8Arena names, int index, RecordedTask task)
    {
        names.Add(Printable.Escape(task.Id));
        Bytes? memory = task.Memory is { } recorded ? Scale(recorded) : null;
        int shape = assembler.Shape(new TaskShape(Printable.Shorten(task.Kind, 100), [], task.Cores, memory, false) { Size = InputSize.Rounded(task.InputBytes) });
        int policy = assembler.Policy(new TaskPolicy(RetryPolicy.None, null, configuration.StopGrace, null));
        assembler.Set(index, shape, policy, 0, (float)ScaledSeconds(task), false);
    }

    private RunDocument Document(List<RecordedTask> tasks)
    {
        ArrayBufferWriter<byte> buffer = new();
        using (Utf8JsonWriter json = new(buffer))
        {
            json.WriteStartObject();
            json.WriteNumber(DocumentFields.VersionField, DocumentFields.Version);
            json.WriteStartArray(DocumentFields.Templates);
            tasks.ForEach(task => WriteTemplate(json, task));
            json.WriteEndArray();
            json.WriteEndObject();
        }

        return new RunDocument(buffer.WrittenMemory, [.. Enumerable.Range(0, tasks.Count)], new string?[tasks.Count]);
    }

    private void WriteTemplate(Utf8JsonWriter json, RecordedTask task)
    {
        double seconds = ScaledSeconds(task);
        json.WriteStartObject();
        if (options.AsNoop)
        {
            json.WriteNumber(DocumentFields.NoopTicks, (long)(seconds * TimeSpan.TicksPerSecond));
        }
        else
        {
            json.WriteStartArray(DocumentFields.Argv);
            ImmutableArray<string> memory = task.Memory is { } recorded ? ["--memory", Scale(recorded).Value.ToString(CultureInfo.InvariantCulture)] : [];
            foreach (string argument in (ImmutableArray<string>)["{{plimsoll}}", "burn", .. memory, "--seconds", seconds.ToString("0.######", CultureInfo.InvariantCulture)])
            {
                json.WriteStringValue(argument);
            }

            json.WriteEndArray();
        }

        json.WriteEndObject();
    }
}
