namespace Plimsoll.Client.Overviews;

/// <summary>A token to be exchanged for a session.</summary>
public sealed record LoginView(string Token);
