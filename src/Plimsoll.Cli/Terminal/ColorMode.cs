namespace Plimsoll.Cli.Terminal;

/// <summary>When colours are used.</summary>
internal enum ColorMode
{
    Auto,
    Always,
    Never,
}
