using System.Collections.Immutable;
using Plimsoll.Core.Capacity;
using Plimsoll.Core.Limits;
using Plimsoll.Daemon.Projects;
using Plimsoll.Daemon.Requests;

namespace Plimsoll.Daemon.Resources;

/// <summary>Limits that somebody wants to change, checked.</summary>
/// <param name="Services">Limits of services outside by name.</param>
/// <param name="Detail">The same in words, for the record.</param>
internal sealed record WantedLimits(LimitsRequest Request, ImmutableDictionary<string, LimitPolicy> Services, string Detail)
{
    public KernelLimits Of(KernelLimits limits) => Limits.Changed(limits, Request) with { Services = limits.Services.SetItems(Services) };
}
