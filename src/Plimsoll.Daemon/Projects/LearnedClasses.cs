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

    private static ClassView View(ClassLearned fact) => View(fact.Class, fact.At, fact.Profile);

    internal static ClassView View(string name, DateTimeOffset at, ProfileSnapshot profile)
    {
        ProfileSummary summary = ProfileSummary.Of(profile);
        return new ClassView(
            name,
            at,
            profile.Samples.Length,
            profile.Measured,
            summary.Settled.Value,
            summary.Burst.Value,
            summary.BurstShare,
            summary.Mapped.Value,
            summary.TimeToSettle.TotalSeconds,
            summary.FastestRise.Value,
            summary.StartCpu.TotalSeconds,
            summary.MedianDuration.TotalSeconds,
            summary.LongDuration.TotalSeconds,
            profile.Predicted,
            profile.Exceeded)
        {
            FollowsSize = summary.FollowsSize,
        };
    }
}
