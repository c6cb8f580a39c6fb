namespace Plimsoll.Cli.Terminal;

/// <summary>Finds out what standard output and error are connected to.</summary>
internal static class TerminalProbe
{
    public static OutputTarget Output() => new(new StandardStream(1), !Console.IsOutputRedirected, Columns, Environment.GetEnvironmentVariable);

    public static OutputTarget Error() => new(new StandardStream(2), !Console.IsErrorRedirected, Columns, Environment.GetEnvironmentVariable);

    /// <summary>COLUMNS outranks the terminal's own answer, as in most tools; asked each time because a window is resized.</summary>
    private static int Columns()
    {
        if (int.TryParse(Environment.GetEnvironmentVariable("COLUMNS"), out int columns) && columns > 0)
            return columns;

        try
        {
            return Console.WindowWidth;
        }
        catch (IOException)
        {
            return 0;
        }
    }
}
