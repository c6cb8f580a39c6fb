using System.Text.Json;
using Plimsoll.Daemon.Access;
using Plimsoll.Daemon.Requests;

namespace Plimsoll.Daemon.Messages;

/// <summary>Turns the JSON of a posted message into a post.</summary>
internal static class MessageReading
{
    private const string Example = "Send {\"channel\": \"review\", \"text\": \"@reviewer look at PR 7\"}.";
    private const int LongestKey = 200;

    public static Outcome<Post> Read(JsonElement json, string? key, Caller caller)
    {
        if (json.ValueKind != JsonValueKind.Object)
        {
            return new Refusal(ExitCode.Invalid, "a message is a JSON object", Example);
        }

        string? channel = null;
        string? text = null;
        foreach (JsonProperty property in json.EnumerateObject())
        {
            string? value = property.Value.ValueKind == JsonValueKind.String ? property.Value.GetString() : null;
            switch (property.Name)
            {
                case "channel" when value is not null:
                    channel = value;
                    break;
                case "text" when value is not null:
                    text = value;
                    break;
                case "idempotency_key" when value is { Length: > 0 and <= LongestKey }:
                    key = value;
                    break;
                case "channel" or "text" or "idempotency_key":
                    return new Refusal(ExitCode.Invalid, $"{property.Name} is a text{(property.Name == "idempotency_key" ? $" of 1 to {LongestKey} characters" : "")}", Example);
                default:
                    return new Refusal(ExitCode.Invalid, $"a message has no field '{Endpoints.Reading.Asked.Shown(property.Name)}'", "It has channel, text and idempotency_key.");
            }
        }

        if (channel is null || text is null)
        {
            return new Refusal(ExitCode.Invalid, $"the message has no {(channel is null ? "channel" : "text")}", Example);
        }

        return Checked(text) is { } wrong
            ? wrong
            : new Post(channel, caller.Name, text, caller.Attempt?.Task) { Keys = key is null ? [] : [$"{caller.Attempt?.Task}/{key}"] };
    }

    /// <summary>Why a text cannot be posted; null = it can.</summary>
    private static Refusal? Checked(string text) =>
        string.IsNullOrWhiteSpace(text) ? new Refusal(ExitCode.Invalid, "the message is empty", Example)
        : text.Length > AnswerText.Longest ? new Refusal(ExitCode.Invalid, $"the message has {text.Length} characters and may have {AnswerText.Longest}", "Send what is long as a file, and its path as a message.")
        : text.Contains('\0', StringComparison.Ordinal) ? new Refusal(ExitCode.Invalid, "the message has a NUL character, which no command line can carry", "Leave it out.")
        : null;
}
