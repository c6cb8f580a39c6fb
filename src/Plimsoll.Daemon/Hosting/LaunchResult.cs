using Plimsoll.Engine.Processes;

namespace Plimsoll.Daemon.Hosting;

/// <summary>A launch, or why the attempt cannot start.</summary>
internal readonly record struct LaunchResult(ProcessLaunch? Launch, string? Error);
