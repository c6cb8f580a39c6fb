using Plimsoll.Client.Projects;
using Plimsoll.Core.Ports;
using Plimsoll.Daemon.Hosting;
using Plimsoll.Daemon.Requests;

namespace Plimsoll.Daemon.Projects;

/// <summary>Copies the journal as it is at one moment, also beside a live writer.</summary>
internal sealed class JournalBackup(ProjectContext context)
{
    /// <param name="file">Absolute path of the copy; nothing is overwritten.</param>
    public async Task<Outcome<BackupView>> WriteAsync(string file, CancellationToken cancellationToken)
    {
        if (Path.Exists(file))
        {
            return new Refusal(ExitCode.Invalid, $"{file} exists already", "Name a new file; nothing is overwritten.");
        }

        if (!Directory.Exists(Path.GetDirectoryName(file)))
        {
            return new Refusal(ExitCode.Invalid, $"there is no folder {Path.GetDirectoryName(file)}", "Make it first.");
        }

        try
        {
            await using ProjectReader? opened = await ProjectState.TryReadAsync(context, cancellationToken);
            if (opened is null)
            {
                return new Refusal(ExitCode.Invalid, $"there is no journal in {context.StateFolder}", "Name the state folder with --state.");
            }

            await opened.Store.Upkeep.BackUpAsync(file, cancellationToken);
            return new BackupView(file, new FileInfo(file).Length);
        }
        catch (Exception error) when (error is JournalException or IOException or UnauthorizedAccessException)
        {
            return new Refusal(ExitCode.Environment, error.Message);
        }
    }
}
