namespace Plimsoll.Calibration.Torture.Contenders;

/// <summary>One way to run all jobs of a load.</summary>
/// <param name="Command">Program and arguments; started inside the host.</param>
/// <param name="Kind">What it stands for in the comparison.</param>
/// <param name="Width">How many at once, where that is fixed.</param>
internal sealed record Contender(string Name, ContenderKind Kind, IReadOnlyList<string> Command, int? Width = null);
