namespace Plimsoll.Daemon.Gateways;

/// <summary>The gateway of a run, or none because no task of it calls models.</summary>
internal readonly record struct RunRelay(GatewayLink? Link);
