using Plimsoll.Client.Runs;

namespace Plimsoll.Client.Services;

/// <summary>Tasks of a run that wait, the next in turn first, each with its reasons.</summary>
public sealed record ExplanationListView(IReadOnlyList<ExplanationView> Tasks);
