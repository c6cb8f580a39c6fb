namespace Plimsoll.Cli.Mapping;

/// <summary>How a map shows its items.</summary>
/// <param name="KeepOrder">In the order of items instead of the order of their ends.</param>
/// <param name="Tag">Each line behind its item and a tab.</param>
internal sealed record MapViewOptions(bool KeepOrder, bool Tag, bool Quiet);
