namespace Plimsoll.Plans.Reading;

/// <summary>Ends the reading of a text that cannot be understood any further; never leaves the readers.</summary>
internal sealed class ReadFailure(int line, int column, string? value, string message, string cure) : Exception(message)
{
    public int Line { get; } = line;

    public int Column { get; } = column;

    public string? Value { get; } = value;

    public string Cure { get; } = cure;
}
