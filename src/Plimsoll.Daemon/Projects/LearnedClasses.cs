using Plimsoll.Client.Runs;
using Plimsoll.Core.Facts;
using Plimsoll.Core.Footprints;
using Plimsoll.Daemon.Hosting;
using Plimsoll.Daemon.Requests;

namespace Plimsoll.Daemon.Projects;

/// <summary>What the journal keeps of each class of tasks.</summary>
internal sealed class LearnedClasses(ProjectContext context)
{
    public async Task<Outcome<IReadOnlyList<ClassView>>> ListAsync(CancellationToken cancellationToken)
    {
        await using ProjectReader? opened = await ProjectState.TryReadAsync(context, cancellationToken);
        if (opened?.Journal is not { } reader)
        {
            return Array.Empty<ClassView>();
        }

        IReadOnlyList<ClassLearned> learned = await reader.ProfilesAsync(cancellationToken);
        return learned.Where(static fact => fact.Profile.Samples.Length > 0).OrderBy(static fact => fact.Class, StringComparer.Ordinal).Select(View).ToArray();
    }

    private static ClassView View(ClassLearned fact)
    {
        ProfileSummary summary = ProfileSummary.Of(fact.Profile);
        return new ClassView(
            fact.Class,
            fact.At,
            fact.Profile.Samples.Length,
            fact.Profile.Measured,
            summary.Settled.Value,
            summary.Burst.Value,
            summary.BurstShare,
            summary.Mapped.Value,
            summary.TimeToSettle.TotalSeconds,
            summary.FastestRise.Value,
            summary.StartCpu.TotalSeconds,
            summary.MedianDuration.TotalSeconds,
            summary.LongDuration.TotalSeconds,
            fact.Profile.Predicted,
            fact.Profile.Exceeded)
        {
            FollowsSize = summary.FollowsSize,
        };
    }
}
