using System.ComponentModel;
using System.Diagnostics;

namespace Plimsoll.Engine.Workspaces;

/// <summary>Runs git in one folder, without questions, hooks, signatures or a user's aliases in the way.</summary>
/// <param name="folder">Working folder of the commands, absolute.</param>
internal sealed class GitCommand(string folder)
{
    private const int NotFound = 127;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    public string Folder { get; } = folder;

    /// <summary>Runs to the end; a git that hangs for five minutes or is cancelled is ended.</summary>
    public async Task<GitResult> RunAsync(string[] arguments, CancellationToken cancellationToken)
    {
        using var process = new Process { StartInfo = Describe(arguments) };
        try
        {
            process.Start();
        }
        catch (Win32Exception error)
        {
            return new GitResult(NotFound, "", $"git cannot be started: {error.Message}");
        }

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Patience);
        try
        {
            process.StandardInput.Close();
            Task<string> output = process.StandardOutput.ReadToEndAsync(limit.Token);
            Task<string> error = process.StandardError.ReadToEndAsync(limit.Token);
            await process.WaitForExitAsync(limit.Token);
            return new GitResult(process.ExitCode, await output, await error);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            process.Kill(entireProcessTree: true);
            return new GitResult(NotFound, "", $"git {arguments[0]} did not end within {Patience.TotalMinutes:0} minutes");
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
    }

    private ProcessStartInfo Describe(string[] arguments)
    {
        var start = new ProcessStartInfo("git")
        {
            WorkingDirectory = Folder,
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["GIT_TERMINAL_PROMPT"] = "0";
        start.Environment["GIT_EDITOR"] = "true";
        start.Environment["LC_ALL"] = "C";

        // A task or a hook that runs Plimsoll must not redirect it to its own repository.
        start.Environment.Remove("GIT_DIR");
        start.Environment.Remove("GIT_WORK_TREE");
        start.Environment.Remove("GIT_INDEX_FILE");
        foreach (string argument in (string[])["-c", "core.hooksPath=/dev/null", "-c", "commit.gpgSign=false", "-c", "core.quotePath=false", .. arguments])
        {
            start.ArgumentList.Add(argument);
        }

        return start;
    }
}
