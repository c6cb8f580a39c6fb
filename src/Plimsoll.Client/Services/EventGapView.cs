namespace Plimsoll.Client.Services;

/// <summary>Events are missing from a stream at this place: ask for the present state anew, then go on with what follows.</summary>
/// <param name="Missed">How many events were told to others meanwhile; null = not known, the service was started again.</param>
/// <param name="Reason">Why they are missing.</param>
public sealed record EventGapView(long? Missed, string Reason);
