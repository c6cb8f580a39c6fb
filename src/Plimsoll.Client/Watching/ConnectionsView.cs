namespace Plimsoll.Client.Watching;

/// <summary>Connections to the server of the journal.</summary>
/// <param name="Limit">Most that may be in use now; grows with demand up to <paramref name="Ceiling"/>.</param>
public sealed record ConnectionsView(int InUse, int Open, int Waiting, int Limit, int Ceiling, double LongestWaitSeconds);
