using Plimsoll.Daemon.Requests;

namespace Plimsoll.Daemon.Serving.Submitting;

/// <summary>Why the service accepts nothing at the moment; the client is to come back (503 with Retry-After).</summary>
internal static class Unavailable
{
    public static Refusal Stopping { get; } = new(ExitCode.Busy, "the service is being stopped", "Submit again once it has been started again.");

    public static Refusal Busy { get; } = new(ExitCode.Busy, "more tasks are being submitted than can be made durable", "Submit again in a second, or many tasks in one request.");

    public static Refusal Journal(string trouble) => new(ExitCode.Environment, $"nothing is accepted while the journal cannot be written: {trouble}", "What runs goes on. Put the journal right; submit again then.");

    public static Refusal Unread(string trouble) => new(ExitCode.Environment, $"this cannot be looked up while the journal does not answer: {trouble}", "What runs goes on. Put the journal right; ask again then.");

    public static Refusal Unknown(string reason) => new(ExitCode.Environment, $"whether the tasks were accepted is not known: {reason}", "Look for them, or submit again with the same idempotency key.");
}
