using Plimsoll.Plans.Tasks;

namespace Plimsoll.Plans.Text;

/// <summary>What stands between <c>{{</c> and <c>}}</c>.</summary>
/// <param name="Name">Name of a value, or of the task an output belongs to.</param>
/// <param name="Key">Key of an output; empty otherwise.</param>
/// <param name="Raw">Inserted into a shell line as it is, because the plan says <c>|raw</c>.</param>
/// <param name="Offset">Where it starts in its text.</param>
internal sealed record Reference(ReferenceKind Kind, string Name, string Key, bool Raw, int Offset)
{
    public static bool TryParse(ReadOnlySpan<char> expression, bool raw, int offset, out Reference reference)
    {
        string text = expression.Trim().ToString();
        reference = new Reference(ReferenceKind.Value, text, "", raw, offset);
        if (text == "plimsoll")
        {
            reference = reference with { Kind = ReferenceKind.Executable };
            return true;
        }

        if (!text.StartsWith("needs.", StringComparison.Ordinal))
        {
            // Names with a dot are made by Plimsoll itself (agent.prompt, map.item); no plan can declare one.
            return Names.IsKey(text.Replace('.', '_'));
        }

        int dot = text.LastIndexOf('.');
        if (dot <= "needs.".Length || dot < text.LastIndexOf(']') || !Names.IsKey(text.AsSpan(dot + 1)))
        {
            return false;
        }

        string key = text[(dot + 1)..];
        reference = new Reference(key == "outcome" ? ReferenceKind.Outcome : ReferenceKind.Output, text["needs.".Length..dot], key, raw, offset);
        return true;
    }

    public override string ToString() => Kind is ReferenceKind.Output or ReferenceKind.Outcome ? $"needs.{Name}.{Key}" : Name;
}
