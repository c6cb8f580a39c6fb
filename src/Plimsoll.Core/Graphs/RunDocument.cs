namespace Plimsoll.Core.Graphs;

/// <summary>What the tasks of one block execute; opaque to the kernel, kept by the journal, read at each start.</summary>
/// <param name="Plan">UTF-8 JSON: the compiled templates.</param>
/// <param name="TemplateOf">Per task of the block, the template in <paramref name="Plan"/>.</param>
/// <param name="Bindings">Per task, UTF-16 JSON object of matrix values and parameters, or null when it has none.</param>
public sealed record RunDocument(ReadOnlyMemory<byte> Plan, int[] TemplateOf, string?[] Bindings);
