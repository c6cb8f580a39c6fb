using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Plimsoll.Daemon.Requests;

namespace Plimsoll.Daemon.Mcp;

/// <summary>Reads the arguments of a tool and writes them on; what cannot be used is told with its cure.</summary>
internal static class McpArguments
{
    /// <summary>A text; null when it is not there.</summary>
    public static string? Text(JsonElement arguments, string name) =>
        arguments.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString()
        : value.ValueKind == JsonValueKind.Number ? value.GetRawText()
        : null;

    /// <summary>The id of a task (<c>12.345</c>) or, where that is allowed, of a run (<c>12</c>).</summary>
    public static Outcome<string> Id(JsonElement arguments, bool orRun)
    {
        string? id = Text(arguments, "id");
        if (id is not null && Serving.WaitTarget.TryParse(id, out Serving.WaitTarget target) && (orRun || target.Task is not null))
        {
            return target.ToString();
        }

        return new Refusal(ExitCode.Invalid, id is null ? "the argument id is missing" : $"'{(id.Length > 40 ? id[..40] + "…" : id)}' is no id", orRun ? "Pass the id of a task, \"12.345\", or of a run, \"12\"." : "Pass the id of a task as submit_task answered it, \"12.345\".");
    }

    /// <summary>A number as it is written in a query; null when it is not there.</summary>
    public static string? Number(JsonElement arguments, string name) =>
        arguments.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.Number ? value.GetDouble().ToString(CultureInfo.InvariantCulture) : null;

    /// <summary>The object without some of its members, and with others.</summary>
    /// <param name="more">Each value is JSON.</param>
    public static string With(JsonElement arguments, IReadOnlySet<string> without, params (string Name, string? Json)[] more)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            foreach (JsonProperty property in arguments.EnumerateObject())
            {
                if (!without.Contains(property.Name))
                {
                    property.WriteTo(json);
                }
            }

            foreach ((string name, string? value) in more)
            {
                if (value is not null)
                {
                    json.WritePropertyName(name);
                    json.WriteRawValue(value);
                }
            }

            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }
}
