namespace Plimsoll.Client.Services;

/// <summary>The named tokens of the service, by name.</summary>
public sealed record TokenListView(IReadOnlyList<TokenView> Tokens);
