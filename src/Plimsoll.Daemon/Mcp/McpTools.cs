using System.Collections.Frozen;

namespace Plimsoll.Daemon.Mcp;

/// <summary>Every tool, in the order in which agents are told of them.</summary>
internal static class McpTools
{
    public static IReadOnlyList<McpTool> All { get; } = [.. TaskTools.All, .. LookTools.All, .. LeaseTools.All, .. MessageTools.All];

    public static FrozenDictionary<string, McpTool> ByName { get; } = All.ToFrozenDictionary(static tool => tool.Name, StringComparer.Ordinal);

    /// <summary>What agents are told before they see the tools.</summary>
    public const string Instructions =
        "Plimsoll runs tasks on this machine within its memory, so that parallel work never exhausts it. Submit sub-tasks instead of starting heavy processes yourself: "
        + "submit_task or submit_plan, then wait (repeat it until done is true), then logs. While you wait your slot is given to others, so waiting is never wasted. "
        + "Before something heavy that you run yourself (a test suite, a build), call lease_memory with what it will need, run it, then release_lease. "
        + "Take lease_lock before you use something that only one may use at a time. When something does not start, why tells what it waits for.";
}
