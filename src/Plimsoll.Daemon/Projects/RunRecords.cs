using Plimsoll.Core.Identity;
using Plimsoll.Core.Ports;
using Plimsoll.Daemon.Requests;

namespace Plimsoll.Daemon.Projects;

/// <summary>Finds the run that an address means.</summary>
internal static class RunRecords
{
    private const int Searched = 1000;

    /// <summary>The run by number; else the newest that has the task; else the newest.</summary>
    /// <param name="reader">Null when nothing has run here; always refused then.</param>
    public static async Task<Outcome<RunRecord>> FindAsync(IJournalReader? reader, TaskAddress address, CancellationToken cancellationToken)
    {
        if (reader is null)
        {
            return new Refusal(ExitCode.Invalid, "nothing has run in this project yet", "`plimsoll run PLAN` begins a run.");
        }

        if (address.Run is { } number)
        {
            RunRecord? record = await reader.RunAsync(new RunId(number), cancellationToken);
            if (record is null)
            {
                return new Refusal(ExitCode.Invalid, $"there is no run {number} here", "`plimsoll status` lists the runs.");
            }

            return address.Task is null || await HasAsync(reader, record, address.Task, cancellationToken)
                ? record
                : new Refusal(ExitCode.Invalid, $"run {number} has no task {address.Task}", $"`plimsoll status {number}` lists its tasks.");
        }

        foreach (RunRecord record in await reader.RunsAsync(Searched, cancellationToken))
        {
            if (address.Task is null || await HasAsync(reader, record, address.Task, cancellationToken))
            {
                return record;
            }
        }

        return address.Task is null
            ? new Refusal(ExitCode.Invalid, "nothing has run in this project yet", "`plimsoll run PLAN` begins a run.")
            : new Refusal(ExitCode.Invalid, $"no run here has a task {address.Task}", "`plimsoll status` lists runs and tasks.");
    }

    private static async Task<bool> HasAsync(IJournalReader reader, RunRecord run, string task, CancellationToken cancellationToken) =>
        (await reader.TasksAsync(new TaskQuery(run.Run, [], task, null, 1), cancellationToken)).Count > 0;
}
