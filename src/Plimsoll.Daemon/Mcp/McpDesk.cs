using System.Globalization;
using System.Text;
using System.Text.Json;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;
using Plimsoll.Client.Plans;
using Plimsoll.Daemon.Links;
using Plimsoll.Daemon.Requests;

namespace Plimsoll.Daemon.Mcp;

/// <summary>Answers the Model Context Protocol with the tools, in the name of one caller of the service.</summary>
internal static class McpDesk
{
    /// <summary>More than a model reads in one answer.</summary>
    private const int LongestAnswer = 100_000;

    private const int MostFindings = 20;

    private static readonly ListToolsResult Listing = new()
    {
        Tools =
        [
            .. McpTools.All.Select(static tool => new Tool
            {
                Name = tool.Name,
                Description = tool.Description,
                InputSchema = tool.Schema,
                Annotations = new ToolAnnotations { ReadOnlyHint = tool.IsReadOnly, DestructiveHint = tool.Name == "cancel", OpenWorldHint = false },
            }),
        ],
    };

    /// <param name="version">Of this Plimsoll.</param>
    public static McpServerOptions Options(ServiceLink link, string version) => new()
    {
        ServerInfo = new Implementation { Name = "plimsoll", Version = version },
        ServerInstructions = McpTools.Instructions,
        Capabilities = new ServerCapabilities { Tools = new ToolsCapability() },
        Handlers = new McpServerHandlers
        {
            ListToolsHandler = static (_, _) => ValueTask.FromResult(Listing),
            CallToolHandler = async (request, cancellation) => await CallAsync(link, request.Params, cancellation),
        },
    };

    private static async Task<CallToolResult> CallAsync(ServiceLink link, CallToolRequestParams call, CancellationToken cancellationToken)
    {
        if (!McpTools.ByName.TryGetValue(call.Name, out McpTool? tool))
        {
            return Wrong(new Refusal(ExitCode.Invalid, $"there is no tool '{(call.Name.Length > 80 ? call.Name[..80] + "…" : call.Name)}'", $"The tools are {string.Join(", ", McpTools.All.Select(static one => one.Name))}."));
        }

        Outcome<string> outcome = await tool.CallAsync(link, Object(call.Arguments), cancellationToken);
        return outcome.TryGet(out string? answer, out Refusal? refusal)
            ? new CallToolResult { Content = [new TextContentBlock { Text = answer.Length > LongestAnswer ? string.Create(CultureInfo.InvariantCulture, $"{answer[..LongestAnswer]}\n… cut after {LongestAnswer} of {answer.Length} characters; ask for less") : answer }] }
            : Wrong(refusal);
    }

    /// <summary>An error that the model is to read: what is wrong, and what to do about it.</summary>
    private static CallToolResult Wrong(Refusal refusal)
    {
        var text = new StringBuilder(refusal.Message);
        foreach (DiagnosticView found in refusal.Diagnostics.Take(MostFindings))
        {
            text.Append("\n- ").Append(found.Message).Append(found.Value is { Length: > 0 } value ? $" ({value})" : "").Append(found.Cure is { } cure ? $". {cure}" : "");
        }

        if (refusal.Cure is { } what)
        {
            text.Append("\nWhat to do: ").Append(what);
        }

        return new CallToolResult { IsError = true, Content = [new TextContentBlock { Text = text.ToString() }] };
    }

    private static JsonElement Object(IDictionary<string, JsonElement>? arguments)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            foreach ((string name, JsonElement value) in arguments ?? new Dictionary<string, JsonElement>(StringComparer.Ordinal))
            {
                json.WritePropertyName(name);
                value.WriteTo(json);
            }

            json.WriteEndObject();
        }

        return JsonElement.Parse(buffer.ToArray());
    }
}
