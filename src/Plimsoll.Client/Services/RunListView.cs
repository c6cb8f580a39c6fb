using Plimsoll.Client.Runs;

namespace Plimsoll.Client.Services;

/// <summary>Runs, newest first.</summary>
/// <param name="Next">Cursor of the next page (query parameter <c>after</c>); null = this is the last.</param>
public sealed record RunListView(IReadOnlyList<RunView> Runs, int? Next = null);
