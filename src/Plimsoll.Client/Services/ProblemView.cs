using Plimsoll.Client.Plans;

namespace Plimsoll.Client.Services;

/// <summary>Why a request was not carried out: problem details of RFC 9457.</summary>
/// <param name="Title">What is wrong, with the value found.</param>
/// <param name="Cure">What to change.</param>
/// <param name="Errors">Every finding, when a task, plan or parameter is at fault.</param>
public sealed record ProblemView(string Type, string Title, int Status, string? Cure, string? Instance, IReadOnlyList<DiagnosticView>? Errors);
