using Plimsoll.Core.Ports;
using Plimsoll.Daemon.Gateways;
using Plimsoll.Daemon.Leases;
using Plimsoll.Engine.Loop;

namespace Plimsoll.Daemon.Hosting;

/// <summary>Where what executes and watches attempts reports to.</summary>
/// <param name="Inputs">The kernel's.</param>
/// <param name="Notice">Gets, in a sentence, what does not work as asked.</param>
/// <param name="Failed">Gets the exception that ended a thread: a bug.</param>
internal sealed record RunHostOutlets(IInputSink Inputs, KernelClock Clock, Action<string> Notice, Action<Exception> Failed)
{
    /// <summary>Relays the model calls of attempts; null when no task makes any.</summary>
    public GatewayLink? Gateway { get; init; }

    /// <summary>What attempts have used so far; set together with the gateway.</summary>
    public UsageTally? Usage { get; init; }

    /// <summary>Leases of a service; null in a run.</summary>
    public LeaseBook? Leases { get; init; }
}
