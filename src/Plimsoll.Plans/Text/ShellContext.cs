namespace Plimsoll.Plans.Text;

/// <summary>Where in a shell line a character stands.</summary>
internal enum ShellContext : byte
{
    Plain = 0,
    SingleQuotes = 1,
    DoubleQuotes = 2,
    Backticks = 3,
    CommandSubstitution = 4,
    Subshell = 5,
    Arithmetic = 6,
    ParameterExpansion = 7,
    HereDocument = 8,
    DoubleBracket = 9,
}
