using Plimsoll.Core.Admission;
using Plimsoll.Core.Units;

namespace Plimsoll.Journal.Records;

/// <summary>Any concurrency policy as JSON; <paramref name="Kind"/> is the word used in plans.</summary>
internal sealed record ConcurrencyDetail(
    string Kind, int? Maximum, double? PauseAbove, TimeSpan CoolDown, bool? Protect = null, Bytes? PerTask = null, Bytes? Reserve = null)
{
    internal static ConcurrencyDetail Of(ConcurrencyPolicy policy) => policy switch
    {
        AutoConcurrency => new("auto", policy.Maximum, policy.PauseAbove, policy.CoolDown),
        TiersConcurrency => new("tiers", policy.Maximum, policy.PauseAbove, policy.CoolDown),
        FixedConcurrency x => new("fixed", x.Count, x.PauseAbove, x.CoolDown, Protect: x.Protect),
        FormulaConcurrency x => new("formula", x.Max, x.PauseAbove, x.CoolDown, PerTask: x.PerTask),
        ReserveConcurrency x => new("reserve", x.Requested, x.PauseAbove, x.CoolDown, PerTask: x.PerTask, Reserve: x.Reserve),
        _ => throw new InvalidOperationException($"the journal cannot store {policy.GetType().Name} yet: add it to ConcurrencyDetail"),
    };

    internal ConcurrencyPolicy ToPolicy() => Kind switch
    {
        "auto" => new AutoConcurrency(Maximum, PauseAbove, CoolDown),
        "tiers" => new TiersConcurrency(Maximum, PauseAbove, CoolDown),
        "fixed" => new FixedConcurrency(Maximum ?? 1, Protect ?? true, PauseAbove, CoolDown),
        "formula" => new FormulaConcurrency(PerTask ?? default, Maximum ?? 1, PauseAbove, CoolDown),
        "reserve" => new ReserveConcurrency(PerTask ?? default, Reserve, Maximum, PauseAbove, CoolDown),
        _ => throw new InvalidDataException($"unknown concurrency policy '{Kind}' in the journal"),
    };
}
