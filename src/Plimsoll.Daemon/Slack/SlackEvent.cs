using System.Text.Json;

namespace Plimsoll.Daemon.Slack;

/// <summary>A message that a person wrote in Slack.</summary>
/// <param name="EventId">The same for each delivery of one event.</param>
/// <param name="Timestamp">Identifies the message in its channel.</param>
/// <param name="Thread">Timestamp of the message that began its thread; null = it stands alone.</param>
internal sealed record SlackEvent(string Team, string Channel, string User, string EventId, string Timestamp, string? Thread, string Text)
{
    /// <summary>Reads an <c>event_callback</c>; null for what is no new message of a person: bots (also this one), edits, joins, everything else.</summary>
    public static SlackEvent? Read(JsonElement json)
    {
        if (!json.TryGetProperty("event", out JsonElement inner) || inner.ValueKind != JsonValueKind.Object
            || Word(inner, "type") is not ("message" or "app_mention")
            || Word(inner, "subtype") is not (null or "file_share" or "thread_broadcast")
            || inner.TryGetProperty("bot_id", out _) || inner.TryGetProperty("bot_profile", out _) || inner.TryGetProperty("app_id", out _))
        {
            return null;
        }

        return Of(json, "team_id") is { } team && Of(inner, "channel") is { } channel && Of(inner, "user") is { } user
            && Of(json, "event_id") is { } id && Of(inner, "ts") is { } timestamp && Word(inner, "text") is { } text
                ? new SlackEvent(team, channel, user, id, timestamp, Of(inner, "thread_ts"), text)
                : null;
    }

    private static string? Word(JsonElement json, string name) => json.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    /// <summary>An id: short, and without anything that would mean something in a key.</summary>
    private static string? Of(JsonElement json, string name) => Word(json, name) is { Length: > 0 and <= 64 } id && id.All(static c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-') ? id : null;
}
