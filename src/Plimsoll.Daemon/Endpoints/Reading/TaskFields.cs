using System.Text.Json;
using Plimsoll.Daemon.Requests;
using Plimsoll.Plans.Submissions;

namespace Plimsoll.Daemon.Endpoints.Reading;

/// <summary>The fields of a submitted task that say nothing about what it executes.</summary>
internal sealed class TaskFields
{
    private const int LongestKey = 200;

    public string? Name { get; private set; }

    public int? Priority { get; private set; }

    public string? Key { get; init; }

    private string? own;

    /// <summary>What is wrong with one of them; null = nothing.</summary>
    public Refusal? Error { get; private set; }

    /// <summary>Takes a field; false when it is none of these.</summary>
    public bool Take(JsonProperty property)
    {
        JsonElement value = property.Value;
        if (property.NameEquals("name"))
        {
            Name = value.ValueKind == JsonValueKind.String && TaskNames.IsName(value.GetString()) ? value.GetString() : null;
            Error ??= Name is null ? TaskReading.Wrong("name", value, "this cannot be the name of a task", TaskNames.Rule) : null;
            return true;
        }

        if (property.NameEquals("priority"))
        {
            Priority = value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out int priority) ? priority : null;
            Error ??= Priority is null ? TaskReading.Wrong("priority", value, "a priority is a whole number", "Larger starts first; 0 is usual.") : null;
            return true;
        }

        if (property.NameEquals("idempotency_key"))
        {
            own = value.ValueKind == JsonValueKind.String ? value.GetString() : null;
            Error ??= own is not { Length: > 0 and <= LongestKey } ? TaskReading.Wrong("idempotency_key", value, $"an idempotency key is a text of 1 to {LongestKey} characters", "Use a UUID.") : null;
            return true;
        }

        return false;
    }

    /// <summary>The key of the task itself before that of the whole request.</summary>
    public string? EffectiveKey => own ?? Key;
}
