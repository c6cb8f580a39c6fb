using Plimsoll.Daemon.Requests;

namespace Plimsoll.Daemon.Serving.Submitting;

/// <summary>A plan on its way into the service.</summary>
/// <param name="Plan">Always with its text.</param>
/// <param name="Key">Idempotency key; null = none.</param>
internal sealed record PlanSubmission(PlanRequest Plan, IReadOnlyDictionary<string, string> Parameters, bool Force, string? Key);
