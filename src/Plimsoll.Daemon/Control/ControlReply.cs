using Plimsoll.Client.Overviews;
using Plimsoll.Client.Runs;
using Plimsoll.Daemon.Requests;

namespace Plimsoll.Daemon.Control;

/// <summary>The answer, one line of JSON: what was changed, explained or in force, or why not.</summary>
internal sealed record ControlReply(
    int ExitCode,
    string? Error,
    string? Cure,
    ChangeView? Change,
    IReadOnlyList<ExplanationView>? Explanations,
    LimitsView? Limits = null,
    IReadOnlyList<int>? LiveRuns = null,
    OverviewView? Overview = null)
{
    public static ControlReply Of(OverviewView overview) => new(0, null, null, null, null, Overview: overview);

    public static ControlReply Refuse(ExitCode code, string error, string cure) => new((int)code, error, cure, null, null);
}
