namespace Plimsoll.Gateway.Providers;

/// <summary>A place in a request up to which the provider may have, or may put, something in its cache.</summary>
/// <param name="Bytes">Of the request's content up to there.</param>
/// <param name="IsWritten">Whether the request asks to keep it: a <c>cache_control</c> stands there.</param>
internal readonly record struct PrefixPoint(UInt128 Hash, long Bytes, bool IsWritten);
