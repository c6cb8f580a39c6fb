using System.Collections.Immutable;
using Plimsoll.Core.Capacity;
using Plimsoll.Core.Lifecycle;
using Plimsoll.Core.Providers;

namespace Plimsoll.Plans.Submissions;

/// <summary>What single submitted tasks execute: compiled once, used by any number of tasks with their own parameters.</summary>
/// <remarks>Immutable. Values of parameters are inserted as they are and never read as templates: they may come from strangers.</remarks>
public sealed class SubmittedWork
{
    internal SubmittedWork(string definition, string name, TaskShape shape, TaskPolicy policy, byte[] template)
    {
        Definition = definition;
        Name = name;
        Shape = shape;
        Policy = policy;
        Template = template;
    }

    /// <summary>The JSON it was compiled from.</summary>
    public string Definition { get; }

    /// <summary>What tasks without a name of their own are named after: the template, the agent or the class.</summary>
    public string Name { get; }

    public TaskShape Shape { get; }

    public TaskPolicy Policy { get; }

    /// <summary>Larger starts first; a submission may say otherwise.</summary>
    public int Priority { get; internal init; }

    /// <summary>Name of the configured template it was made from; null = written out in the submission.</summary>
    public string? TemplateName { get; internal init; }

    /// <summary>Parameters it takes, with their defaults; null = each task must give one.</summary>
    public ImmutableSortedDictionary<string, string?> Parameters { get; internal init; } = ImmutableSortedDictionary<string, string?>.Empty;

    /// <summary>True when its tasks take places of a provider's quota (<see cref="QuotaFeed"/>): they need a gateway.</summary>
    public bool CallsModels => Shape.Locks.Any(static claim => claim.Mode == LockMode.Fed);

    /// <summary>True when it has a condition of its own.</summary>
    internal bool IsConditional { get; init; }

    /// <summary>True when its tasks work in a git worktree of their own.</summary>
    public bool UsesWorktree { get; internal init; }

    /// <summary>A template of a run document, UTF-8 JSON.</summary>
    internal byte[] Template { get; }
}
