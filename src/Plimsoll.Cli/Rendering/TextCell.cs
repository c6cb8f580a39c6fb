using Plimsoll.Cli.Terminal;

namespace Plimsoll.Cli.Rendering;

/// <summary>A cell of a listing.</summary>
internal readonly record struct TextCell(string Text, Ink Ink = Ink.Plain)
{
    public static implicit operator TextCell(string text) => new(text);
}
