using System.Text.Json;
using System.Text.Json.Serialization;

namespace Plimsoll.Client.Http;

/// <summary>A single task to submit: a template of the service's configuration with parameters, or the keys of a task in a plan.</summary>
public sealed record TaskSubmission
{
    /// <summary>Name of a configured template.</summary>
    public string? Template { get; init; }

    /// <summary>Values of the template's parameters.</summary>
    public JsonElement? Params { get; init; }

    /// <summary>A command: a list of arguments that no shell reads, or a line for <c>/bin/sh</c>.</summary>
    public JsonElement? Run { get; init; }

    /// <summary>Name for listings; null = one is made.</summary>
    public string? Name { get; init; }

    /// <summary>Larger starts first.</summary>
    public int? Priority { get; init; }

    /// <summary>Of submissions with the same key only the first is accepted; the others are answered with it.</summary>
    public string? IdempotencyKey { get; init; }

    /// <summary>Further keys of a task as plans have them, such as <c>memory</c>, <c>locks</c>, <c>timeout</c>, <c>retries</c>.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? More { get; set; }

    /// <summary>Reads a task written as JSON; null = it is none.</summary>
    public static TaskSubmission? Read(string json)
    {
        try
        {
            return JsonSerializer.Deserialize(json, ClientJsonContext.Default.TaskSubmission);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
