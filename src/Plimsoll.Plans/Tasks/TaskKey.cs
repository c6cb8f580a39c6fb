using Plimsoll.Plans.Reading;

namespace Plimsoll.Plans.Tasks;

/// <summary>One key of a task: parser, schema and documentation come from this declaration.</summary>
/// <param name="Schema">JSON Schema of the value.</param>
/// <param name="Read">Reads the value into the settings and reports what is wrong.</param>
internal sealed record TaskKey(string Name, KeyPlaces Places, string Schema, string Description, Action<TaskSettings, Node, Scalars> Read);
