using System.Text.Json;
using Plimsoll.Daemon.Links;
using Plimsoll.Daemon.Requests;

namespace Plimsoll.Daemon.Mcp;

/// <summary>A tool that agents may call: what it is for, what it takes, and what it asks of the service.</summary>
/// <param name="Schema">JSON Schema of its arguments.</param>
/// <param name="IsReadOnly">True when it changes nothing.</param>
/// <param name="CallAsync">Gets the arguments as an object; the answer is JSON.</param>
internal sealed record McpTool(
    string Name, string Description, JsonElement Schema, bool IsReadOnly, Func<ServiceLink, JsonElement, CancellationToken, Task<Outcome<string>>> CallAsync)
{
    public McpTool(string name, string description, string schema, bool isReadOnly, Func<ServiceLink, JsonElement, CancellationToken, Task<Outcome<string>>> callAsync)
        : this(name, description, JsonElement.Parse(schema), isReadOnly, callAsync)
    {
    }
}
