using System.Buffers;
using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Plimsoll.Core.Capacity;
using Plimsoll.Core.Graphs;
using Plimsoll.Plans.Compiling;
using Plimsoll.Plans.Configuration;
using Plimsoll.Plans.Diagnostics;
using Plimsoll.Plans.Rendering;

namespace Plimsoll.Plans.Mapping;

/// <summary>Turns lines into tasks, block by block; items only ever become arguments or variables, never shell text.</summary>
public sealed class MapCompiler
{
    /// <summary>Lines that are worth one block.</summary>
    public const int BlockSize = 4096;

    private static readonly JsonWriterOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    private readonly MapOptions options;
    private readonly TaskShape shape;
    private readonly ReadOnlyMemory<byte> document;

    private MapCompiler(MapOptions options, MapCommand command)
    {
        this.options = options;
        shape = new TaskShape(options.Class ?? command.Class, command.Claims, options.Cpu, options.Memory, false);
        document = command.Document;
    }

    /// <summary>Checks the command; returns null and says why when it cannot be used.</summary>
    public static MapCompiler? Create(
        MapOptions options, PlimsollConfiguration configuration, out ImmutableArray<PlanDiagnostic> diagnostics)
    {
        ArgumentNullException.ThrowIfNull(options);
        DiagnosticBag found = new();
        MapCommand? command = MapCommand.Create(options, configuration, found);
        diagnostics = found.ToImmutable();
        return command is null ? null : new MapCompiler(options, command);
    }

    /// <summary>Compiles up to <see cref="BlockSize"/> items; each becomes a task named by its number.</summary>
    public CompiledBlock Compile(IReadOnlyList<MapLine> items)
    {
        ArgumentNullException.ThrowIfNull(items);
        BlockAssembler assembler = new(items.Count);
        int shapeIndex = assembler.Shape(shape);
        int policyIndex = assembler.Policy(options.Policy);
        Utf8Arena names = new(items.Count);
        string?[] bindings = new string?[items.Count];
        float[] rank = new float[items.Count];
        ArrayBufferWriter<byte> buffer = new();
        using Utf8JsonWriter json = new(buffer, Relaxed);
        for (int i = 0; i < items.Count; i++)
        {
            names.Add(items[i].Number.ToString(CultureInfo.InvariantCulture));
            assembler.Set(i, shapeIndex, policyIndex, 0, 1, false);
            rank[i] = 1;
            buffer.ResetWrittenCount();
            json.Reset(buffer);
            json.WriteStartObject();
            json.WriteString(DocumentFields.MapItem, items[i].Text);
            json.WriteNumber(DocumentFields.MapNumber, items[i].Number);
            json.WriteEndObject();
            json.Flush();
            bindings[i] = Encoding.UTF8.GetString(buffer.WrittenSpan);
        }

        return new CompiledBlock(assembler.Build(names, [], rank), new RunDocument(document, new int[items.Count], bindings));
    }
}
