namespace Plimsoll.Core.Limits.Learning;

/// <summary>A prefix of a request that the provider may cache: everything up to one <c>cache_control</c>.</summary>
/// <param name="Hash">Hash of model, credentials scope and the body up to the mark; a collision costs a wrong estimate, nothing else.</param>
/// <param name="Tokens">Estimated tokens up to the mark.</param>
public readonly record struct PrefixMark(UInt128 Hash, long Tokens);
