using System.Text.Json.Nodes;

namespace Plimsoll.Calibration.ProviderModel;

/// <summary>Answers in the OpenAI Responses form: a call of the shell tool when a file is wanted, after its output a closing sentence.</summary>
internal static class ResponsesScript
{
    public static string Answer(string body, string? file)
    {
        bool toolHasAnswered = body.Contains("\"function_call_output\"", StringComparison.Ordinal);
        JsonObject item = file is null || toolHasAnswered
            ? new()
            {
                ["type"] = "message",
                ["id"] = "msg_1",
                ["role"] = "assistant",
                ["status"] = "completed",
                ["content"] = new JsonArray(new JsonObject { ["type"] = "output_text", ["text"] = "Done.", ["annotations"] = new JsonArray() }),
            }
            : new()
            {
                ["type"] = "function_call",
                ["id"] = "fc_1",
                ["call_id"] = "call_1",
                ["name"] = "exec_command",
                ["arguments"] = new JsonObject { ["cmd"] = $"printf 'Written into {file} by a tool call.\\n' > {file}" }.ToJsonString(),
            };
        return ServerSentEvents.Write(
            new() { ["type"] = "response.created", ["response"] = new JsonObject { ["id"] = "resp_1" } },
            new() { ["type"] = "response.output_item.done", ["output_index"] = 0, ["item"] = item },
            new()
            {
                ["type"] = "response.completed",
                ["response"] = new JsonObject
                {
                    ["id"] = "resp_1",
                    ["object"] = "response",
                    ["status"] = "completed",
                    ["output"] = new JsonArray(item.DeepClone()),
                    ["usage"] = new JsonObject
                    {
                        ["input_tokens"] = 10,
                        ["input_tokens_details"] = new JsonObject { ["cached_tokens"] = 0 },
                        ["output_tokens"] = 5,
                        ["output_tokens_details"] = new JsonObject { ["reasoning_tokens"] = 0 },
                        ["total_tokens"] = 15,
                    },
                },
            });
    }
}
