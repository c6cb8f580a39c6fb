namespace Plimsoll.Daemon.Requests;

/// <summary>One item of a map.</summary>
/// <param name="Sequence">What <c>{#}</c> stands for, from 1; stays the same when a resumed map leaves items out.</param>
/// <param name="Value">What <c>{}</c> stands for.</param>
public readonly record struct MapItem(long Sequence, string Value);
