using System.Collections.Immutable;

namespace Plimsoll.Plans.Agents;

/// <summary>How one coding agent is started without a terminal.</summary>
/// <param name="Name">The word written in <c>agent:</c>.</param>
/// <param name="Executable">The program looked for on the PATH.</param>
/// <param name="Class">Footprint class of its tasks, for example <c>agent:claude</c>.</param>
/// <param name="Command">Argv template; <c>{{prompt}}</c> and <c>{{model}}</c> are replaced inside one argument, <c>{{permissions}}</c> by those below.</param>
/// <param name="EditArguments">Inserted for <see cref="AgentPermissions.AcceptEdits"/>.</param>
/// <param name="BypassArguments">Inserted for <see cref="AgentPermissions.Bypass"/> only.</param>
/// <param name="BaseUrlVariable">Environment variable that points the agent at another model server; null = none.</param>
/// <param name="Checked">How the arguments were verified, for listings.</param>
public sealed record AgentAdapter(
    string Name,
    string Executable,
    string Class,
    ImmutableArray<string> Command,
    ImmutableArray<string> EditArguments,
    ImmutableArray<string> BypassArguments,
    string? BaseUrlVariable,
    string Checked)
{
    /// <summary>How a value of <see cref="Environment"/> begins that names a variable of Plimsoll's own environment; no text holds a NUL.</summary>
    internal const string FromPrefix = "\0";

    /// <summary>How many of its tasks may run at once; null = as many as everything else allows.</summary>
    public int? MaxConcurrent { get; init; }

    /// <summary>What it is good for, in words of its owner: shown, and for others to choose by.</summary>
    public ImmutableArray<string> Capabilities { get; init; } = [];

    /// <summary>The counted lock that each of its tasks takes a unit of while <see cref="MaxConcurrent"/> is set.</summary>
    public string LockName => "agent:" + Name;

    public AgentPermissions Permissions { get; init; } = AgentPermissions.AcceptEdits;

    public string? Model { get; init; }

    /// <summary>How it reaches the gateway.</summary>
    public GatewayWiring Wiring { get; init; } = GatewayWiring.Sdk;

    /// <summary><c>true</c>, <c>false</c>, or the provider or pool its calls go to; null = as a task of an agent by default.</summary>
    public string? Gateway { get; init; }

    /// <summary>Variables set for <see cref="AgentPermissions.AcceptEdits"/>.</summary>
    public ImmutableSortedDictionary<string, string> EditEnvironment { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    public ImmutableSortedDictionary<string, string> Environment { get; init; } = ImmutableSortedDictionary<string, string>.Empty;
}
