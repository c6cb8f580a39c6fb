using System.Text;
using System.Text.Json;
using Plimsoll.Client.Plans;
using Plimsoll.Daemon.Requests;
using Plimsoll.Daemon.Serving.Submitting;
using Plimsoll.Plans.Submissions;

namespace Plimsoll.Daemon.Leases;

/// <summary>Reads what a lease is asked for with: <c>memory</c>, <c>cpu</c> and <c>locks</c> as a task writes them, and how long.</summary>
internal static class LeaseReading
{
    private const double DefaultTtlSeconds = 30;
    private const double LongestWaitSeconds = 3600;
    private const int LongestPurpose = 200;

    public static Outcome<LeaseWish> Read(JsonElement json, WorkCache works)
    {
        if (json.ValueKind != JsonValueKind.Object)
        {
            return Wrong("lease", json, "a lease is a JSON object", "Write {\"memory\": \"4G\"}.");
        }

        var definition = new StringBuilder("{\"noop\":\"0s\"", 128);
        double ttl = DefaultTtlSeconds;
        double wait = 0;
        int? priority = null;
        string? purpose = null;
        bool claims = false;
        foreach (JsonProperty property in json.EnumerateObject())
        {
            JsonElement value = property.Value;
            switch (property.Name)
            {
                case "memory" or "cpu" or "locks":
                    definition.Append($",\"{property.Name}\":").Append(value.GetRawText());
                    claims = true;
                    break;
                case "ttl_seconds" when value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out ttl) && ttl is >= 1 and <= 86_400:
                case "wait_seconds" when value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out wait) && wait is >= 0 and <= LongestWaitSeconds:
                    break;
                case "priority" when value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out int number):
                    priority = number;
                    break;
                case "purpose" when value.ValueKind == JsonValueKind.String:
                    purpose = value.GetString()!;
                    purpose = purpose.Length > LongestPurpose ? purpose[..LongestPurpose] + "…" : purpose;
                    break;
                case "ttl_seconds":
                    return Wrong(property.Name, value, "ttl_seconds is a number from 1 to 86400", "30 is usual; renew it every third of that.");
                case "wait_seconds":
                    return Wrong(property.Name, value, $"wait_seconds is a number from 0 to {LongestWaitSeconds}", "0 answers at once.");
                default:
                    return Wrong(property.Name, value, "a lease has no such field, or not this value", "It has memory, cpu, locks, ttl_seconds, wait_seconds, priority and purpose.");
            }
        }

        if (!claims)
        {
            return Wrong("lease", json, "a lease that holds nothing is of no use", "Ask for memory, cpu or locks.");
        }

        return works.Get(definition.Append('}').ToString()).TryGet(out SubmittedWork? work, out Refusal? refusal)
            ? new LeaseWish(work, TimeSpan.FromSeconds(ttl), TimeSpan.FromSeconds(wait), priority, purpose)
            : refusal with { Message = "the lease cannot be granted as it is written" };
    }

    private static Refusal Wrong(string field, JsonElement found, string message, string cure)
    {
        string text = found.GetRawText();
        string value = $"{field}: {(text.Length > 80 ? text[..80] + "…" : text)}";
        return new Refusal(ExitCode.Invalid, "the lease cannot be granted as it is written", null, [new DiagnosticView("error", "lease", 1, 1, value, message, cure)]);
    }
}
