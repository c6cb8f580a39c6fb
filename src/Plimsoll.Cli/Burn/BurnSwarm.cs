using System.Diagnostics;
using System.Globalization;
using Plimsoll.Daemon.Requests;

namespace Plimsoll.Cli.Burn;

/// <summary>A burn spread over several processes that start at once, each with an equal share of the curve.</summary>
internal static class BurnSwarm
{
    /// <returns>The first exit code that is not 0.</returns>
    public static async Task<ExitCode> RunAsync(BurnOptions options, string folder, CancellationToken cancellationToken)
    {
        string program = Environment.ProcessPath ?? "plimsoll";
        string[] arguments = Arguments(options);
        Process[] children = [.. Enumerable.Range(0, options.Processes).Select(_ => Start(program, arguments, folder))];
        int code = 0;
        foreach (Process child in children)
        {
            try
            {
                await child.WaitForExitAsync(cancellationToken);
                code = code != 0 ? code : child.ExitCode;
            }
            catch (OperationCanceledException)
            {
                code = (int)ExitCode.Terminated;
                child.Kill();
            }

            child.Dispose();
        }

        return (ExitCode)code;
    }

    private static string[] Arguments(BurnOptions options) =>
    [
        "burn",
        "--curve", string.Join(',', options.Curve.Select(point =>
            string.Create(CultureInfo.InvariantCulture, $"{point.At.TotalSeconds:0.###}:{point.ResidentBytes / options.Processes}"))),
        "--seconds", options.Life.TotalSeconds.ToString("0.###", CultureInfo.InvariantCulture),
        "--cpu", options.CpuThreads.ToString(CultureInfo.InvariantCulture),
    ];

    private static Process Start(string program, string[] arguments, string folder) =>
        Process.Start(new ProcessStartInfo(program, arguments) { UseShellExecute = false, WorkingDirectory = folder })
        ?? throw new IOException($"{program} cannot be started");
}
