namespace Plimsoll.Cli.Rendering;

/// <summary>A column of a listing.</summary>
/// <param name="Shrinks">May be cut when the terminal is too narrow.</param>
internal sealed record TextColumn(string Title, bool AlignRight = false, bool Shrinks = false);
