namespace Plimsoll.Daemon.Dashboard;

/// <summary>A file of the dashboard.</summary>
/// <param name="Tag">Its ETag, from its content.</param>
internal sealed record DashboardAsset(string ContentType, string Tag, byte[] Content);
