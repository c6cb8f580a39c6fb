using System.Diagnostics;
using System.Text;

namespace Plimsoll.EndToEnd.Support;

/// <summary>A started process whose output is collected; it is killed when disposed while it still runs.</summary>
internal sealed class RunningProcess : IDisposable
{
    private static readonly TimeSpan DefaultTimeout = TimeSpan.FromSeconds(120);
    private readonly Process _process;
    private readonly string _command;
    private readonly Task<string> _stdout;
    private readonly Task<string> _stderr;
    private readonly StringBuilder _seen = new();

    private RunningProcess(Process process, string command)
    {
        _process = process;
        _command = command;
        _stdout = ReadAsync(process.StandardOutput, _seen);
        _stderr = ReadAsync(process.StandardError, _seen);
    }

    public int Pid => _process.Id;

    public bool HasEnded => _process.HasExited;

    /// <summary>Everything printed so far, both streams in the order they were read.</summary>
    public string Seen
    {
        get
        {
            lock (_seen)
            {
                return _seen.ToString();
            }
        }
    }

    public static RunningProcess Start(
        string program, IEnumerable<string> arguments, string folder, IReadOnlyDictionary<string, string?>? environment = null, string? input = null)
    {
        ProcessStartInfo start = new(program)
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        foreach (string argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        foreach ((string name, string? value) in environment ?? new Dictionary<string, string?>())
        {
            start.Environment[name] = value;
        }

        Process process = Process.Start(start)!;
        RunningProcess running = new(process, $"{program} {string.Join(' ', start.ArgumentList)}");
        if (input is not null)
        {
            process.StandardInput.Write(input);
        }

        process.StandardInput.Close();
        return running;
    }

    public void Send(int signal)
    {
        if (!_process.HasExited)
        {
            Signal.Send(_process.Id, signal);
        }
    }

    public async Task<ProcessResult> WaitAsync(CancellationToken cancel, TimeSpan? timeout = null)
    {
        using CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limit.CancelAfter(timeout ?? DefaultTimeout);
        try
        {
            await _process.WaitForExitAsync(limit.Token);
            // Output held open by a surviving grandchild must not hang the test.
            string stdout = await _stdout.WaitAsync(limit.Token);
            string stderr = await _stderr.WaitAsync(limit.Token);
            return new(_command, _process.ExitCode, stdout, stderr);
        }
        catch (OperationCanceledException late) when (!cancel.IsCancellationRequested)
        {
            throw new TimeoutException($"still running after {timeout ?? DefaultTimeout}: {_command}\n{Seen}", late);
        }
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            Signal.Send(_process.Id, Signal.Kill);
            _process.WaitForExit();
        }

        _process.Dispose();
    }

    private static async Task<string> ReadAsync(StreamReader reader, StringBuilder seen)
    {
        StringBuilder all = new();
        char[] buffer = new char[4096];
        for (int read = await reader.ReadAsync(buffer); read > 0; read = await reader.ReadAsync(buffer))
        {
            all.Append(buffer, 0, read);
            lock (seen)
            {
                seen.Append(buffer, 0, read);
            }
        }

        return all.ToString();
    }
}
