namespace Plimsoll.Cli.Mapping;

/// <summary>What <c>--halt</c> counts.</summary>
internal enum HaltCause
{
    Fail,
    Success,
    Done,
}
