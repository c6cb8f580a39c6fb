namespace Plimsoll.Daemon.Requests;

/// <summary>A load profile.</summary>
/// <param name="Duration">Null = the profile's own.</param>
/// <param name="Safe">Jobs at once that count as safe; null = by what one job holds and what is free.</param>
/// <param name="MemoryBytes">Limit of each job; null = none.</param>
public sealed record ProfileRequest(TrialRequest Trial, string Profile, TimeSpan? Duration, int? Safe, long? MemoryBytes);
