using Plimsoll.Core.Units;

namespace Plimsoll.Journal.Retention;

/// <summary>How long finished runs are kept.</summary>
/// <param name="Age">Finished runs older than this go; 30 days by default.</param>
/// <param name="Size">While journal and task output are larger than this together, the oldest finished runs go too; 10 GB by default.</param>
public sealed record RetentionPolicy(TimeSpan Age, Bytes Size)
{
    public static RetentionPolicy Default { get; } = new(TimeSpan.FromDays(30), new Bytes(10L << 30));
}
