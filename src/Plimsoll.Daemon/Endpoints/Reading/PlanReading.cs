using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Plimsoll.Client.Services;
using Plimsoll.Daemon.Requests;
using Plimsoll.Daemon.Serving.Submitting;

namespace Plimsoll.Daemon.Endpoints.Reading;

/// <summary>Reads a plan from a request: as JSON with its settings, or its bare text with the settings in the query.</summary>
internal static class PlanReading
{
    private const int LongestName = 200;
    private static readonly RecordingOptions NoRecording = new(1, 1, null, null, AsNoop: false);

    /// <summary>Media types of bare plans.</summary>
    private static readonly string[] Texts = ["application/yaml", "application/x-yaml", "text/yaml", "text/plain"];

    /// <summary>The plan; null after an answer that says what is wrong.</summary>
    public static async Task<PlanSubmission?> ReadAsync(HttpContext context, string? key)
    {
        string type = (context.Request.ContentType ?? "").Split(';')[0].Trim().ToLowerInvariant();
        if (Texts.Contains(type, StringComparer.Ordinal))
        {
            return await BareAsync(context, key);
        }

        using JsonDocument? body = await context.ReadJsonAsync();
        if (body is null)
        {
            return null;
        }

        PlanSubmissionView? view = null;
        string? wrong = null;
        try
        {
            view = body.RootElement.Deserialize(ServiceJsonContext.Default.PlanSubmissionView);
        }
        catch (JsonException error)
        {
            wrong = error.Path;
        }

        if (view is not { Plan.ValueKind: JsonValueKind.String or JsonValueKind.Object } || view.Format is not (null or "yaml" or "json"))
        {
            await Problem.WriteAsync(
                context,
                StatusCodes.Status400BadRequest,
                wrong is null ? "the request has no plan" : $"the request cannot be read at {wrong}",
                "Send {\"plan\": \"tasks: …\", \"format\": \"yaml\", \"name\": \"…\", \"params\": {\"name\": \"value\"}, \"force\": false}, or the plan's text as application/yaml.");
            return null;
        }

        string text = view.Plan.ValueKind == JsonValueKind.String ? view.Plan.GetString()! : view.Plan.GetRawText();
        bool json = view.Format == "json" || view.Plan.ValueKind == JsonValueKind.Object || (view.Format is null && text.AsSpan().TrimStart().StartsWith("{"));
        return Submission(text, json, view.Name, view.Params ?? new Dictionary<string, string>(StringComparer.Ordinal), view.Force, key);
    }

    private static async Task<PlanSubmission?> BareAsync(HttpContext context, string? key)
    {
        using var body = new StreamReader(context.Request.Body, new UTF8Encoding(false, throwOnInvalidBytes: true));
        string text;
        try
        {
            text = await body.ReadToEndAsync(context.RequestAborted);
        }
        catch (DecoderFallbackException)
        {
            await Problem.WriteAsync(context, StatusCodes.Status400BadRequest, "the plan is not UTF-8 text");
            return null;
        }

        var parameters = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (string? given in context.Request.Query["param"])
        {
            int equals = given?.IndexOf('=', StringComparison.Ordinal) ?? -1;
            if (equals <= 0)
            {
                await Problem.WriteAsync(context, StatusCodes.Status400BadRequest, $"param is name=value, found '{Asked.Shown(given)}'");
                return null;
            }

            parameters[given![..equals]] = given[(equals + 1)..];
        }

        return Submission(text, text.AsSpan().TrimStart().StartsWith("{"), Asked.Text(context, "name"), parameters, Asked.Flag(context, "force"), key);
    }

    private static PlanSubmission Submission(string text, bool json, string? name, IReadOnlyDictionary<string, string> parameters, bool force, string? key)
    {
        string shown = name is { Length: > 0 } ? name[..Math.Min(name.Length, LongestName)] : "plan";
        return new PlanSubmission(new PlanRequest(shown, text, json ? PlanFormat.Json : PlanFormat.Yaml, NoRecording), parameters, force, key);
    }
}
