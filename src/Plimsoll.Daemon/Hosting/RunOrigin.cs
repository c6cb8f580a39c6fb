using System.Text.Json;

namespace Plimsoll.Daemon.Hosting;

/// <summary>Where a run came from; kept with it so that a resumed run starts its tasks as the first one did.</summary>
/// <param name="Kind"><c>plan</c> or <c>map</c>.</param>
/// <param name="File">Plan file as the user named it; null for a map.</param>
/// <param name="Folder">Project folder, absolute: where tasks work.</param>
/// <param name="BaseCommit">Commit that worktrees start from; null when no task has one.</param>
/// <param name="Direct">Commands were started directly.</param>
/// <param name="Supervised">Also short commands were supervised.</param>
internal sealed record RunOrigin(string Kind, string? File, string Folder, string? BaseCommit, bool Direct, bool Supervised = false)
{
    public static RunOrigin Read(string json) => JsonSerializer.Deserialize(json, DaemonJsonContext.Default.RunOrigin)!;

    public string Write() => JsonSerializer.Serialize(this, DaemonJsonContext.Default.RunOrigin);
}
