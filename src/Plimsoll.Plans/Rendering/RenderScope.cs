using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Text.Json;

namespace Plimsoll.Plans.Rendering;

/// <summary>What all tasks of a document share: values of the plan, members of matrices, the own executable.</summary>
internal sealed record RenderScope(
    FrozenDictionary<string, string> Values,
    FrozenDictionary<string, ImmutableArray<string>> Groups,
    string Executable)
{
    public static RenderScope Read(JsonElement root, string executable)
    {
        Dictionary<string, string> values = new(StringComparer.Ordinal);
        Dictionary<string, ImmutableArray<string>> groups = new(StringComparer.Ordinal);
        if (root.TryGetProperty(DocumentFields.Values, out JsonElement written))
        {
            foreach (JsonProperty value in written.EnumerateObject())
            {
                values[value.Name] = value.Value.GetString()!;
            }
        }

        if (root.TryGetProperty(DocumentFields.Groups, out JsonElement members))
        {
            foreach (JsonProperty group in members.EnumerateObject())
            {
                groups[group.Name] = Strings(group.Value);
            }
        }

        return new RenderScope(values.ToFrozenDictionary(StringComparer.Ordinal), groups.ToFrozenDictionary(StringComparer.Ordinal), executable);
    }

    public static ImmutableArray<string> Strings(JsonElement list) => [.. list.EnumerateArray().Select(item => item.GetString()!)];
}
