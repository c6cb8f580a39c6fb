namespace Plimsoll.Plans.Text;

/// <summary>A piece of a text: literal characters, or a reference (then <paramref name="Literal"/> is empty).</summary>
internal readonly record struct TextPart(string Literal, Reference? Reference);
