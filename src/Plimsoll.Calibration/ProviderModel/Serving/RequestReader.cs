using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Plimsoll.Calibration.ProviderModel.Accounts;
using Plimsoll.Calibration.ProviderModel.Caching;

namespace Plimsoll.Calibration.ProviderModel.Serving;

/// <summary>Reads what the model needs to know out of a request; it does not tokenise, a body of n bytes is n / 4 tokens of prompt.</summary>
internal static class RequestReader
{
    /// <summary>Header that says how many tokens the answer has; absent = drawn.</summary>
    public const string OutputTokensHeader = "x-model-output-tokens";

    private const int BytesPerToken = 4;
    private const string Deployments = "/openai/deployments/";

    /// <summary>Null = the path or body is not one that is modelled.</summary>
    /// <param name="number">Of the request, for its draws.</param>
    public static ProviderRequest? Read(HttpRequest http, byte[] body, long number)
    {
        string path = http.Path.Value!;
        if (http.Method != "POST" || Form(path) is not { } form)
            return null;

        try
        {
            using JsonDocument document = JsonDocument.Parse(body);
            JsonElement json = document.RootElement;
            return json.ValueKind != JsonValueKind.Object ? null : new()
            {
                Number = number,
                Form = form,
                Model = Deployment(path) ?? Text(json, "model") ?? "model",
                InputTokens = Tokens(body),
                InputCharacters = body.Length,
                BodyBytes = body.Length,
                MaxTokens = Number(json, "max_tokens") ?? Number(json, "max_completion_tokens") ?? Number(json, "max_output_tokens"),
                OutputTokens = long.TryParse(http.Headers[OutputTokensHeader], NumberStyles.None, CultureInfo.InvariantCulture, out long output) ? output : null,
                Streams = IsTrue(json, "stream"),
                IncludesUsage = json.TryGetProperty("stream_options", out JsonElement options) && IsTrue(options, "include_usage"),
                Items = Items(json),
                Prefixes = Prefixes(body),
            };
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Length of a prompt of so many bytes.</summary>
    public static int Tokens(ReadOnlySpan<byte> body) => (body.Length + BytesPerToken - 1) / BytesPerToken;

    private static ApiForm? Form(string path)
    {
        foreach ((string ending, ApiForm form) in (ReadOnlySpan<(string, ApiForm)>)
            [("/messages", ApiForm.Messages), ("/chat/completions", ApiForm.ChatCompletions), ("/responses", ApiForm.Responses), ("/embeddings", ApiForm.Embeddings)])
        {
            if (path.EndsWith(ending, StringComparison.Ordinal))
                return form;
        }

        return null;
    }

    private static string? Deployment(string path)
    {
        int at = path.IndexOf(Deployments, StringComparison.Ordinal);
        return at < 0 ? null : path[(at + Deployments.Length)..].Split('/')[0];
    }

    private static string? Text(JsonElement json, string name) =>
        json.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static long? Number(JsonElement json, string name) =>
        json.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out long number) && number >= 0 ? number : null;

    private static bool IsTrue(JsonElement json, string name) =>
        json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.True;

    // A list of numbers is one text in tokens.
    private static int Items(JsonElement json) =>
        json.TryGetProperty("input", out JsonElement input) && input.ValueKind == JsonValueKind.Array && input.GetArrayLength() > 0
        && input[0].ValueKind != JsonValueKind.Number ? input.GetArrayLength() : 1;

    // Everything before a mark is what the cache may hold; two bodies that begin alike up to a mark have equal keys.
    private static List<PromptPrefix> Prefixes(ReadOnlySpan<byte> body)
    {
        List<PromptPrefix> prefixes = [];
        int at = 0;
        for (int next = body.IndexOf("\"cache_control\""u8); next >= 0; next = body[at..].IndexOf("\"cache_control\""u8))
        {
            at += next;
            prefixes.Add(new(Hash(body[..at]), Tokens(body[..at])));
            at++;
        }

        return prefixes;
    }

    // FNV-1a, 64 bits: Fowler, Noll, Vo.
    private static ulong Hash(ReadOnlySpan<byte> bytes)
    {
        ulong hash = 14_695_981_039_346_656_037;
        foreach (byte one in bytes)
            hash = (hash ^ one) * 1_099_511_628_211;
        return hash;
    }
}
