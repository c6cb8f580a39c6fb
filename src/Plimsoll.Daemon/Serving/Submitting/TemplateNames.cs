using Plimsoll.Core.Facts;
using Plimsoll.Core.Identity;
using Plimsoll.Plans.Rendering;

namespace Plimsoll.Daemon.Serving.Submitting;

/// <summary>With which templates the tasks of a run were submitted: from memory, or from the journal when the run was forgotten.</summary>
internal sealed class TemplateNames(ServiceHost service, RunId run)
{
    private List<(int First, int Count, TaskRenderer Renderer)>? segments;

    public async Task<string?> OfAsync(int ordinal, CancellationToken cancellationToken)
    {
        segments ??= await ReadAsync(cancellationToken);
        (int first, _, TaskRenderer? renderer) = segments.Find(segment => ordinal >= segment.First && ordinal < segment.First + segment.Count);
        return renderer?.TemplateNameOf(ordinal - first);
    }

    private async Task<List<(int First, int Count, TaskRenderer Renderer)>> ReadAsync(CancellationToken cancellationToken)
    {
        if (await service.Loop.Calls.AskAsync((_, _) => service.Loop.Registry.Find(run)?.Renderers()) is { } known)
        {
            return known;
        }

        var read = new List<(int First, int Count, TaskRenderer Renderer)>();
        await foreach (Fact fact in service.Loop.State.Reader.FactsAsync(run, cancellationToken))
        {
            if (fact is TasksAdded added)
            {
                read.Add((added.FirstOrdinal, added.Block.Count, TaskRenderer.Create(added.Document, service.Context.Executable)));
            }
        }

        return read;
    }
}
