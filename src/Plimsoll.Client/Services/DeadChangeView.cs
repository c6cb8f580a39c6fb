namespace Plimsoll.Client.Services;

/// <summary>What became of dead letters.</summary>
/// <param name="Verb"><c>retry</c> or <c>purge</c>.</param>
/// <param name="Tasks">Ids of those it was done to.</param>
/// <param name="More">True when there are more of them: ask again.</param>
public sealed record DeadChangeView(string Verb, IReadOnlyList<string> Tasks, bool More);
