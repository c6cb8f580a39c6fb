namespace Plimsoll.Daemon.Messages;

/// <summary>What is remembered of a message with an idempotency key.</summary>
/// <param name="Digest">Of what was posted.</param>
internal sealed record KeptMessageKey(string Channel, long Number, string Digest, DateTimeOffset At)
{
    /// <summary>Kind of the records.</summary>
    public const string RecordKind = "message_key";
}
