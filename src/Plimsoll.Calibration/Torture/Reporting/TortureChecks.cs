using System.Globalization;
using Plimsoll.Calibration.Torture.Contenders;
using Plimsoll.Calibration.Torture.Loads;

namespace Plimsoll.Calibration.Torture.Reporting;

/// <summary>Compares the contenders of one load with the targets.</summary>
internal static class TortureChecks
{
    public static IReadOnlyList<TortureCheck> Of(TortureTargets targets, IReadOnlyList<ContenderResult> results)
    {
        ContenderResult? control = Find(results, ContenderKind.Control);
        ContenderResult? first = Find(results, ContenderKind.PlimsollFirst);
        ContenderResult? again = Find(results, ContenderKind.PlimsollAgain);
        ContenderResult? best = SeedReport.Best(results);
        List<TortureCheck> checks = [];
        if (control is not null)
            checks.Add(new("the control fails", Describe(control), !control.IsClean));

        foreach (ContenderResult plimsoll in new[] { first, again }.OfType<ContenderResult>())
        {
            checks.Add(new($"{plimsoll.Name}: all jobs, no host kill, no livelock over 1 s", Describe(plimsoll), plimsoll.IsClean));
            checks.Add(new($"{plimsoll.Name}: redone work <= 5 %", plimsoll.RedoneShare.ToString("P1", CultureInfo.InvariantCulture), plimsoll.RedoneShare <= TortureTargets.RedoneShare));
        }

        if (again is not null)
            checks.Add(Ratio($"{again.Name} / best static width", again, best, targets.AgainOverBest, strict: targets.AgainOverBest == 1));
        if (first is not null && targets.FirstOverBest is { } unknown)
            checks.Add(Ratio($"{first.Name} / best static width", first, best, unknown, strict: false));
        if (again is not null && targets.Learning is { } learning)
            checks.Add(Ratio($"{again.Name} / first run", again, first, learning, strict: false));
        return checks;
    }

    private static TortureCheck Ratio(string what, ContenderResult measured, ContenderResult? basis, double most, bool strict)
    {
        string target = string.Create(CultureInfo.InvariantCulture, $"{what} {(strict ? "<" : "<=")} {most:0.00}");
        if (basis is null || !measured.IsClean)
            return new(target, basis is null ? "nothing clean to compare with" : "not clean", basis is null ? null : false);

        double ratio = measured.MakespanSeconds / basis.MakespanSeconds;
        string figures = string.Create(CultureInfo.InvariantCulture, $"{ratio:0.00} ({measured.MakespanSeconds:0.0} s / {basis.MakespanSeconds:0.0} s, {basis.Name})");
        return new(target, figures, strict ? ratio < most : ratio <= most);
    }

    private static string Describe(ContenderResult result) => string.Create(
        CultureInfo.InvariantCulture,
        $"{result.Succeeded} of {result.Jobs}, {result.HostKills} kills, {result.LivelockSeconds} s livelock{(result.Stopped is null ? "" : $", stopped: {result.Stopped}")}");

    private static ContenderResult? Find(IEnumerable<ContenderResult> results, ContenderKind kind) => results.FirstOrDefault(result => result.Kind == kind);
}
