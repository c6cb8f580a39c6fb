using System.Text.Json.Nodes;

namespace Plimsoll.Daemon.OpenApi;

/// <summary>The parameters of an operation: those its path names, and those its description adds.</summary>
internal static class OpenApiParameters
{
    private static readonly Dictionary<string, string> OfPath = new(StringComparer.Ordinal)
    {
        ["run"] = "Number of the run.",
        ["task"] = "Id of the task: run and number, 12.345.",
        ["id"] = "Its id.",
        ["class"] = "Name of the class.",
        ["agent"] = "Name of the agent.",
    };

    public static JsonArray Of(ApiOperation? told, string path)
    {
        var parameters = new JsonArray();
        foreach (string name in path.Split('/').Where(static part => part.StartsWith('{')).Select(static part => part.Trim('{', '}')))
        {
            string description = name == "task" && path.Contains("{run}", StringComparison.Ordinal) ? "Number of the task within the run, or its name." : OfPath.GetValueOrDefault(name, "Its name.");
            parameters.Add(Parameter(name, "path", name == "run" ? "integer" : "string", description, required: true));
        }

        if (told is null)
        {
            return parameters;
        }

        foreach (ApiQuery query in told.Query)
        {
            parameters.Add(Parameter(query.Name, "query", query.Type, query.Description, required: false));
        }

        if (told.TakesKey)
        {
            parameters.Add(Parameter("Idempotency-Key", "header", "string", "Of requests with the same key only the first does something; the others are answered with what it did.", required: false));
        }

        if (told.TakesRange)
        {
            parameters.Add(Parameter("Range", "header", "string", "One part in bytes, bytes=0-999 or bytes=-1000: answered with 206, or with 416 when it begins behind the end.", required: false));
        }

        if (told.TakesLastEvent)
        {
            parameters.Add(Parameter("Last-Event-ID", "header", "string", "Id of the last event the client has: the stream goes on behind it, or tells the gap.", required: false));
        }

        return parameters;
    }

    private static JsonObject Parameter(string name, string place, string type, string description, bool required) => new()
    {
        ["name"] = name,
        ["in"] = place,
        ["required"] = required,
        ["description"] = description,
        ["schema"] = new JsonObject { ["type"] = type },
    };
}
