using System.Text.Json;
using Plimsoll.Client.Runs;

namespace Plimsoll.Client.Services;

/// <summary>A task with everything that is known of it.</summary>
/// <param name="Id">Run and number of the task, <c>12.345</c>.</param>
/// <param name="Template">Name of the template it was submitted with; null when it was written out, or is no longer in memory.</param>
/// <param name="Params">Values of its parameters and matrix, an object; null when it has none, or is no longer in memory.</param>
/// <param name="Executes">What it executes, in one line; null when it is no longer in memory.</param>
/// <param name="Parent">Id of the task that submitted it; null = none did.</param>
/// <param name="Reasons">Why it stands where it stands; the first decides.</param>
/// <param name="Attempts">Oldest first, each with its curve of memory and what it used.</param>
/// <param name="Outputs">What its successful attempt wrote.</param>
public sealed record TaskDetailView(
    string Id,
    TaskView Task,
    string? Template,
    JsonElement? Params,
    string? Executes,
    string? Parent,
    IReadOnlyList<ReasonView> Reasons,
    IReadOnlyList<AttemptView> Attempts,
    IReadOnlyDictionary<string, string> Outputs);
