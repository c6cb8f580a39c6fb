namespace Plimsoll.Calibration.Torture.Agents;

/// <summary>Shell lines that run one agent in a home of its own, signed in at a model server on loopback.</summary>
internal static class AgentScript
{
    private const string Prompt = "'Say that you are done.'";

    /// <param name="sharedConfiguration">Folder for <c>~/.config</c> of OpenCode, see <see cref="AgentHome"/>.</param>
    public static string For(AgentKind kind, string programs, string server, string sharedConfiguration) => kind switch
    {
        AgentKind.Claude =>
            $"""
            export HOME="$JOB" ANTHROPIC_BASE_URL={server} ANTHROPIC_AUTH_TOKEN=test-token
            export CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC=1 DISABLE_AUTOUPDATER=1
            unset ANTHROPIC_API_KEY
            '{programs}/claude' -p --permission-mode acceptEdits -- {Prompt} </dev/null
            """,
        // Codex ignores OPENAI_BASE_URL in places; a provider of its own is what it honours everywhere.
        AgentKind.Codex =>
            $"""
            export HOME="$JOB" CODEX_HOME="$JOB/.codex" OPENAI_API_KEY=test-token
            mkdir -p "$CODEX_HOME" && printf '%s\n' 'model = "scripted"' 'model_provider = "local"' '[model_providers.local]' 'name = "local"' \
                'base_url = "{server}/v1"' 'wire_api = "responses"' 'env_key = "OPENAI_API_KEY"' 'supports_websockets = false' >"$CODEX_HOME/config.toml"
            '{programs}/codex' exec --sandbox workspace-write --skip-git-repo-check -- {Prompt} </dev/null
            """,
        _ =>
            $$$"""
            export HOME="$JOB" OPENCODE_DISABLE_AUTOUPDATE=1 OPENCODE_DISABLE_MODELS_FETCH=1 OPENCODE_DISABLE_LSP_DOWNLOAD=1
            [ -e "$JOB/.config" ] || ln -s '{{{sharedConfiguration}}}' "$JOB/.config"
            unset XDG_DATA_HOME XDG_CONFIG_HOME XDG_CACHE_HOME XDG_STATE_HOME
            printf '%s\n' '{"provider":{"local":{"npm":"@ai-sdk/openai-compatible","options":{"baseURL":"{{{server}}}/v1","apiKey":"test-token"},"models":{"scripted":{"name":"scripted"} } } },"model":"local/scripted","small_model":"local/scripted"}' >"$JOB/opencode.json"
            '{{{programs}}}/opencode' run --model=local/scripted -- {{{Prompt}}} </dev/null
            """,
    };
}
