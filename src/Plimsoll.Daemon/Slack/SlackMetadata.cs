namespace Plimsoll.Daemon.Slack;

/// <summary>What is kept with a message in Slack and shown to nobody.</summary>
internal sealed record SlackMetadata(string? EventType, SlackMetadata.Payload? EventPayload)
{
    /// <summary>Says which of our messages it is.</summary>
    public static SlackMetadata Of(string id) => new("plimsoll_message", new Payload(id));

    /// <param name="Id">The journal and the number of the message.</param>
    internal sealed record Payload(string? Id);
}
