using System.Collections.Immutable;
using System.ComponentModel;
using System.Diagnostics;
using Plimsoll.Watch.Alerts;

namespace Plimsoll.Daemon.Watching.Delivery;

/// <summary>Runs a program with the document on its standard input; one that does not end in time is killed with its tree.</summary>
internal sealed class CommandChannel(ImmutableArray<string> command, string folder) : IAlertChannel
{
    public async Task<DeliveryFailure?> TellAsync(AlertChange change, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(command[0], command.AsSpan()[1..].ToArray())
        {
            UseShellExecute = false,
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["PLIMSOLL_ALERT"] = change.Alert.Rule;
        start.Environment["PLIMSOLL_ALERT_SEVERITY"] = WatchWords.Of(change.Alert.Severity);
        start.Environment["PLIMSOLL_ALERT_EVENT"] = change.Kind.ToString().ToLowerInvariant();
        try
        {
            using Process process = Process.Start(start)!;
            return await RunAsync(process, change, cancellationToken);
        }
        catch (Exception broken) when (broken is Win32Exception or IOException)
        {
            return new DeliveryFailure($"{command[0]} cannot be run: {broken.Message}", Again: broken is IOException);
        }
    }

    private static async Task<DeliveryFailure?> RunAsync(Process process, AlertChange change, CancellationToken cancellationToken)
    {
        try
        {
            // Nobody wants what it prints, but a full pipe would stop it.
            process.BeginOutputReadLine();
            process.BeginErrorReadLine();
            try
            {
                await process.StandardInput.BaseStream.WriteAsync(AlertDocument.Of(change), cancellationToken);
                process.StandardInput.Close();
            }
            catch (IOException)
            {
                // It does not read: its exit code says whether that is all right.
            }

            await process.WaitForExitAsync(cancellationToken);
            return process.ExitCode == 0 ? null : new DeliveryFailure($"it ended with exit code {process.ExitCode}", Again: true);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
    }
}
