using Plimsoll.Daemon.Control;

namespace Plimsoll.Daemon.Projects;

/// <summary>Finds out which run another Plimsoll is working on.</summary>
internal static class LiveRuns
{
    /// <returns>Null when none is live.</returns>
    public static async Task<int?> FindAsync(ProjectContext context, CancellationToken cancellationToken) =>
        (await ControlClient.AskAsync(context.StateFolder, new ControlRequest("run", null, null, null, 0), cancellationToken))?.Change?.Run;
}
