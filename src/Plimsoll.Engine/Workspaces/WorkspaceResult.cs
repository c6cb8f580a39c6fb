namespace Plimsoll.Engine.Workspaces;

/// <summary>A value, or in one sentence why there is none and what to do.</summary>
public readonly record struct WorkspaceResult<T>(T? Value, string? Error)
    where T : class
{
    public static implicit operator WorkspaceResult<T>(T value) => new(value, null);

    public static implicit operator WorkspaceResult<T>(WorkspaceRefusal refusal) => new(null, refusal.Message);
}
