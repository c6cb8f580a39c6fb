using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;
using Plimsoll.Cli.Hosting;
using Plimsoll.Daemon.Requests;

namespace Plimsoll.Cli.Running;

/// <summary>Runs a command with this process's own standard streams, and hands signals on to it.</summary>
internal sealed partial class ForegroundCommand(IReadOnlyList<string> command, CliContext context)
{
    private const int Terminate = 15;

    /// <summary>What shells return for a command that cannot be run.</summary>
    private const ExitCode NotFound = (ExitCode)127;

    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(50);

    /// <summary>Waits for the command; gives its exit code, or 128 and the signal that ended it.</summary>
    public async Task<ExitCode> RunAsync(StopSignals signals)
    {
        var start = new ProcessStartInfo(command[0]) { UseShellExecute = false, WorkingDirectory = context.Folder };
        foreach (string argument in command.Skip(1))
            start.ArgumentList.Add(argument);

        Process? process;
        try
        {
            process = Process.Start(start);
        }
        catch (Win32Exception error)
        {
            ErrorReport.Write(context.Error, $"{command[0]} cannot be run: {Marshal.GetPInvokeErrorMessage(error.NativeErrorCode)}", null);
            return NotFound;
        }

        using (process)
        {
            int passed = 0;
            Task ended = process!.WaitForExitAsync(CancellationToken.None);
            while (!ended.IsCompleted)
            {
                // Ctrl-C reaches the command by itself; a signal to this process alone is handed on.
                if (signals.Count > passed)
                {
                    passed = signals.Count;
                    if (signals.Code == ExitCode.Terminated)
                        _ = Kill(process.Id, Terminate);
                }

                await Task.WhenAny(ended, Task.Delay(Look, context.Time, CancellationToken.None));
            }

            return (ExitCode)process.ExitCode;
        }
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Kill(int process, int signal);
}
