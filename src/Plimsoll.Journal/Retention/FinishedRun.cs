using Plimsoll.Core.Identity;

namespace Plimsoll.Journal.Retention;

/// <summary>A run of which nothing waits or runs.</summary>
public sealed record FinishedRun(RunId Run, string Name, DateTimeOffset FinishedAt);
