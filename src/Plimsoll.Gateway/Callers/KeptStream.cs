namespace Plimsoll.Gateway.Callers;

/// <summary>A stream of a frozen attempt that was kept alive and given to it at the thaw.</summary>
/// <param name="Bytes">What came while it was frozen.</param>
public sealed record KeptStream(Caller Caller, long Bytes);
