namespace Plimsoll.Client.Services;

/// <summary>Accepted tasks, in the order in which they were submitted.</summary>
public sealed record SubmittedListView(IReadOnlyList<SubmittedView> Tasks);
