using Plimsoll.Client.Runs;

namespace Plimsoll.Client.Services;

/// <summary>A page of dead letters: newest run first, by number within a run.</summary>
/// <param name="Next">Cursor of the next page (query parameter <c>after</c>); null = this is the last. A page may be empty and have a next one.</param>
public sealed record DeadPageView(IReadOnlyList<DeadView> Letters, string? Next);
