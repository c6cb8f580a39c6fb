namespace Plimsoll.Plans.Rendering;

/// <summary>Names in the JSON of a run document; journals keep them, so they are never changed.</summary>
internal static class DocumentFields
{
    public const int Version = 1;

    public const string VersionField = "version";
    public const string Values = "values";
    public const string Groups = "groups";
    public const string Templates = "templates";

    /// <summary>Name of the configured template a submitted task was made from.</summary>
    public const string TemplateName = "template";

    public const string Shell = "shell";
    public const string Argv = "argv";
    public const string NoopTicks = "noop_ticks";
    public const string Params = "params";
    public const string Environment = "env";
    public const string From = "from";
    public const string WorkingFolder = "cwd";
    public const string Worktree = "worktree";
    public const string MemoryLimit = "memory_limit";
    public const string Outputs = "outputs";
    public const string Agent = "agent";
    public const string Isolation = "isolation";
    public const string Image = "image";
    public const string When = "when";

    /// <summary>How the task reaches the gateway (a name of <see cref="Agents.GatewayWiring"/> in lower case), and through which provider or pool.</summary>
    public const string Gateway = "gateway";
    public const string GatewayRoute = "gateway_route";

    public const string Llm = "llm";
    public const string Model = "model";
    public const string LlmPrompt = "prompt";
    public const string System = "system";
    public const string MaxTokens = "max_tokens";

    /// <summary>Name of the value an agent's prompt is kept under; no plan can declare a name with a dot.</summary>
    public const string Prompt = "agent.prompt";

    /// <summary>The item of a map in its binding, and its number.</summary>
    public const string MapItem = "map.item";
    public const string MapNumber = "map.number";
}
