using System.Buffers;
using System.Text.Json;
using Plimsoll.Core.Graphs;
using Plimsoll.Plans.Compiling;
using Plimsoll.Plans.Rendering;

namespace Plimsoll.Plans.Submissions;

/// <summary>Tasks that were submitted at about the same time, put together into one block.</summary>
/// <remarks>They have nothing to do with each other: no edges, one after the other in order of their submission.</remarks>
public sealed class SubmissionBatch
{
    private readonly List<(SubmittedWork Work, string Name, int Priority, string? Binding)> tasks = [];

    public int Count => tasks.Count;

    /// <param name="binding">JSON object with the values of its parameters; null = it has none.</param>
    public void Add(SubmittedWork work, string name, int priority, string? binding) => tasks.Add((work, name, priority, binding));

    /// <summary>The block; each kind of work is written once.</summary>
    public CompiledBlock Build()
    {
        Dictionary<SubmittedWork, (int Template, int Shape, int Policy)> known = [];
        List<SubmittedWork> templates = [];
        BlockAssembler assembler = new(tasks.Count);
        Utf8Arena names = new(tasks.Count);
        int[] templateOf = new int[tasks.Count];
        string?[] bindings = new string?[tasks.Count];
        float[] rank = new float[tasks.Count];
        for (int i = 0; i < tasks.Count; i++)
        {
            (SubmittedWork work, string name, int priority, string? binding) = tasks[i];
            if (!known.TryGetValue(work, out (int Template, int Shape, int Policy) at))
            {
                at = (templates.Count, assembler.Shape(work.Shape), assembler.Policy(work.Policy));
                known.Add(work, at);
                templates.Add(work);
            }

            names.Add(name);
            assembler.Set(i, at.Shape, at.Policy, priority, 1, work.IsConditional);
            templateOf[i] = at.Template;
            bindings[i] = binding;
            rank[i] = 1;
        }

        return new CompiledBlock(assembler.Build(names, [], rank), new RunDocument(Document(templates), templateOf, bindings));
    }

    private static byte[] Document(List<SubmittedWork> templates)
    {
        ArrayBufferWriter<byte> buffer = new();
        using (Utf8JsonWriter json = new(buffer))
        {
            json.WriteStartObject();
            json.WriteNumber(DocumentFields.VersionField, DocumentFields.Version);
            json.WriteStartArray(DocumentFields.Templates);
            templates.ForEach(work => json.WriteRawValue(work.Template, skipInputValidation: true));
            json.WriteEndArray();
            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }
}
