namespace Plimsoll.Daemon.Hosting;

/// <summary>How commands of a run are started.</summary>
/// <param name="Folder">Where they work unless they say otherwise, absolute.</param>
/// <param name="Direct">Every start is direct.</param>
/// <param name="DirectWhenBrief">Starts of classes known to be short are direct.</param>
/// <param name="Grace">Between SIGTERM and SIGKILL.</param>
internal sealed record LaunchSettings(string Folder, bool Direct, bool DirectWhenBrief, TimeSpan Grace);
