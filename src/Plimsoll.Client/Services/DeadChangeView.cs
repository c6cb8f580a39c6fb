namespace Plimsoll.Client.Services;

/// <summary>What became of dead letters.</summary>
/// <param name="Verb"><c>retry</c> or <c>purge</c>.</param>
/// <param name="Tasks">Ids of those it was done to.</param>
/// <param name="More">True when there are more of them: ask again.</param>
/// <param name="Files">For <c>purge</c>: files of theirs that went.</param>
/// <param name="FreedBytes">For <c>purge</c>: their size.</param>
/// <param name="Next">When there are more: the parameter <c>after</c> of a request that goes on behind these.</param>
public sealed record DeadChangeView(string Verb, IReadOnlyList<string> Tasks, bool More, int? Files = null, long? FreedBytes = null, string? Next = null);
