namespace Plimsoll.Client.Services;

/// <summary>An accepted task: durable, and never lost from now on.</summary>
/// <param name="Id">Run and number of the task, <c>12.345</c>.</param>
/// <param name="Repeated">True when an earlier submission with the same idempotency key made it.</param>
public sealed record SubmittedView(string Id, string Name, bool Repeated);
