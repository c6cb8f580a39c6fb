namespace Plimsoll.Client.Services;

/// <summary>A page of classes, by name.</summary>
/// <param name="Next">Cursor of the next page (query parameter <c>after</c>); null = this is the last.</param>
public sealed record ClassPageView(IReadOnlyList<ClassStateView> Classes, string? Next);
