namespace Plimsoll.Cli.Following;

/// <summary>Which of a task's two outputs.</summary>
internal enum OutputKind
{
    Stdout,
    Stderr,
}
