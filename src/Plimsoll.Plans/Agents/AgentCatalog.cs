using System.Collections.Immutable;

namespace Plimsoll.Plans.Agents;

/// <summary>The agents Plimsoll knows without configuration.</summary>
/// <remarks>Prompts follow <c>--</c> or a <c>=</c>, so that one beginning with <c>-</c> is never read as an option.</remarks>
public static class AgentCatalog
{
    private const string RealProgram = "arguments checked with the real program";
    private const string StandIn = "arguments checked with a stand-in";

    /// <summary>In the order in which <c>plimsoll init</c> looks for them.</summary>
    public static ImmutableArray<AgentAdapter> All { get; } =
    [
        new(
            "claude",
            "claude",
            "agent:claude",
            ["claude", "-p", AgentCommand.Permissions, $"--model={AgentCommand.Model}", "--", AgentCommand.Prompt],
            ["--permission-mode", "acceptEdits"],
            ["--dangerously-skip-permissions"],
            "ANTHROPIC_BASE_URL",
            RealProgram)
        { Wiring = GatewayWiring.Claude },
        new(
            "codex",
            "codex",
            "agent:codex",
            ["codex", "exec", AgentCommand.Permissions, "--skip-git-repo-check", $"--model={AgentCommand.Model}", "--", AgentCommand.Prompt],
            ["--sandbox", "workspace-write"],
            ["--dangerously-bypass-approvals-and-sandbox"],
            "OPENAI_BASE_URL",
            RealProgram)
        { Wiring = GatewayWiring.Codex },
        new(
            "opencode",
            "opencode",
            "agent:opencode",
            ["opencode", "run", AgentCommand.Permissions, $"--model={AgentCommand.Model}", "--", AgentCommand.Prompt],
            [],
            ["--auto"],
            null,
            RealProgram)
        {
            Wiring = GatewayWiring.OpenCode,
            EditEnvironment = ImmutableSortedDictionary<string, string>.Empty.Add("OPENCODE_PERMISSION", """{"edit":"allow","bash":"deny","webfetch":"deny","external_directory":"deny"}"""),
        },
        new(
            "gemini",
            "gemini",
            "agent:gemini",
            ["gemini", AgentCommand.Permissions, $"--model={AgentCommand.Model}", $"--prompt={AgentCommand.Prompt}"],
            ["--approval-mode=auto_edit"],
            ["--approval-mode=yolo"],
            "GOOGLE_GEMINI_BASE_URL",
            StandIn)
        { Wiring = GatewayWiring.None },
        new(
            "aider",
            "aider",
            "agent:aider",
            ["aider", AgentCommand.Permissions, $"--model={AgentCommand.Model}", $"--message={AgentCommand.Prompt}"],
            ["--no-suggest-shell-commands"],
            ["--yes-always"],
            "OPENAI_API_BASE",
            StandIn)
        { Wiring = GatewayWiring.Aider },
    ];

    public static ImmutableDictionary<string, AgentAdapter> BuiltIn { get; } = All.ToImmutableDictionary(adapter => adapter.Name, StringComparer.Ordinal);
}
