using Plimsoll.Core.Identity;
using Plimsoll.Core.Ports;
using Plimsoll.Daemon.Requests;

namespace Plimsoll.Daemon.Projects;

/// <summary>Finds the run that <c>resume</c> means.</summary>
internal static class InterruptedRuns
{
    private const int Searched = 1000;

    public static async Task<Outcome<RunRecord>> FindAsync(IJournalReader reader, int? run, CancellationToken cancellationToken)
    {
        if (run is { } number)
        {
            RunRecord? record = await reader.RunAsync(new RunId(number), cancellationToken);
            return record switch
            {
                null => new Refusal(ExitCode.Invalid, $"there is no run {number} here", "`plimsoll status` lists the runs."),
                { FinishedAt: not null } => new Refusal(
                    ExitCode.Invalid, $"run {number} ({record.Name}) has finished", $"`plimsoll retry {number}` puts its failed tasks back."),
                _ => record,
            };
        }

        foreach (RunRecord record in await reader.RunsAsync(Searched, cancellationToken))
        {
            if (record.FinishedAt is null)
            {
                return record;
            }
        }

        return new Refusal(ExitCode.Invalid, "there is no unfinished run here", "`plimsoll status` lists the runs, `plimsoll run PLAN` begins one.");
    }
}
