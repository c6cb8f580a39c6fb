using Plimsoll.Core.Footprints;

namespace Plimsoll.Core.Facts;

/// <summary>What is known of a class of tasks; replaces what was known before. Belongs to no run and outlives them all.</summary>
public sealed record ClassLearned(DateTimeOffset At, string Class, ProfileSnapshot Profile) : Fact(At);
