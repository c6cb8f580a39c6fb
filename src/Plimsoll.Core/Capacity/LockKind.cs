namespace Plimsoll.Core.Capacity;

/// <summary>What a name among the claims of a shape stands for; names of different kinds have nothing to do with each other.</summary>
public enum LockKind : byte
{
    /// <summary>A lock that is held and released.</summary>
    Held = 0,

    /// <summary>The limit of a service outside.</summary>
    Limit = 1,

    /// <summary>The quota of a model provider.</summary>
    Quota = 2,
}
