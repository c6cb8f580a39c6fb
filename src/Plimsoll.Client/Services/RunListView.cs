using Plimsoll.Client.Runs;

namespace Plimsoll.Client.Services;

/// <summary>Runs, newest first.</summary>
public sealed record RunListView(IReadOnlyList<RunView> Runs);
