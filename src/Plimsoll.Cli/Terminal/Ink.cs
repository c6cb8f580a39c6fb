namespace Plimsoll.Cli.Terminal;

/// <summary>What a piece of text means; how it looks is decided by <see cref="OutputTarget"/>.</summary>
internal enum Ink
{
    Plain,
    Faint,
    Strong,
    Good,
    Bad,
    Caution,
    Accent,
    Violet,
    Blue,
}
