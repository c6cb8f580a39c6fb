using Plimsoll.Client.Projects;
using Plimsoll.Daemon.Requests;

namespace Plimsoll.Daemon.Projects;

/// <summary>Removes finished work that is older or larger than wanted.</summary>
internal sealed class Cleaning(ProjectContext context)
{
    public Task<Outcome<CleanView>> CleanAsync(CleanRequest request, CancellationToken cancellationToken) =>
        throw new NotSupportedException($"{context} {request} {cancellationToken.CanBeCanceled}");
}
