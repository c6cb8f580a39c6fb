using System.Globalization;
using Plimsoll.Calibration.Torture.Contenders;

namespace Plimsoll.Calibration.Torture.Reporting;

/// <summary>A result in one line, for those who watch.</summary>
internal static class ResultLine
{
    public static string Of(int seed, string load, ContenderResult result) => string.Create(
        CultureInfo.InvariantCulture,
        $"seed {seed}, {load}: {result.Name}: {result.Succeeded} of {result.Jobs} in {result.MakespanSeconds:0.0} s, {result.HostKills} kills, {result.LivelockSeconds} s livelock{(result.Stopped is null ? "" : $", stopped: {result.Stopped}")}");
}
