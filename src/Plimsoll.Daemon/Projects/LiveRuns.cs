using Plimsoll.Daemon.Control;

namespace Plimsoll.Daemon.Projects;

/// <summary>Finds out which runs another Plimsoll is working on.</summary>
internal static class LiveRuns
{
    /// <returns>Empty when none is live.</returns>
    public static async Task<IReadOnlySet<int>> FindAsync(ProjectContext context, CancellationToken cancellationToken)
    {
        ControlReply? reply = await ControlClient.AskAsync(context.StateFolder, new ControlRequest("run", null, null, null, 0), cancellationToken);
        return reply?.LiveRuns is { } many ? many.ToHashSet() : reply?.Change is { } one ? new HashSet<int> { one.Run } : new HashSet<int>();
    }
}
