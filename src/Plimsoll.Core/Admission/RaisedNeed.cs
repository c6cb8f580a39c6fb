namespace Plimsoll.Core.Admission;

/// <summary>What a task gets after an attempt of it ran short of memory.</summary>
/// <param name="Exclusive">It runs alone on its node.</param>
internal sealed record RaisedNeed(long Bytes, bool Exclusive);
