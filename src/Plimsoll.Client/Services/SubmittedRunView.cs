using Plimsoll.Client.Plans;

namespace Plimsoll.Client.Services;

/// <summary>An accepted plan: durable, and never lost from now on.</summary>
/// <param name="Tasks">How many tasks it has.</param>
/// <param name="Warnings">What the plan says that does not act as its author may expect.</param>
/// <param name="Repeated">True when an earlier submission with the same idempotency key made it.</param>
public sealed record SubmittedRunView(int Run, string Name, int Tasks, IReadOnlyList<DiagnosticView> Warnings, bool Repeated);
