using System.Globalization;
using System.Runtime.InteropServices;
using Plimsoll.Daemon.Requests;

namespace Plimsoll.Cli.Running;

/// <summary>Turns Ctrl-C, SIGTERM and SIGHUP into requests to stop, which the watching thread takes up.</summary>
internal sealed class StopSignals : IDisposable
{
    private const int MostHeeded = 4;

    private readonly PosixSignalRegistration[] _registrations;
    private readonly CancellationTokenSource _first = new();

    // Written by signal threads, read by the watching thread.
    private int _count;
    private int _exitCode;

    public StopSignals()
    {
        var registrations = new List<PosixSignalRegistration>
        {
            PosixSignalRegistration.Create(PosixSignal.SIGINT, signal => Receive(signal, ExitCode.Interrupted)),
            PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal => Receive(signal, ExitCode.Terminated)),
        };
        if (!IsHangupIgnored())
            registrations.Add(PosixSignalRegistration.Create(PosixSignal.SIGHUP, signal => Receive(signal, ExitCode.Terminated)));
        _registrations = [.. registrations];
    }

    /// <summary>How many have arrived.</summary>
    public int Count => Volatile.Read(ref _count);

    /// <summary>What the executable returns because of the first one; null = none has arrived.</summary>
    public ExitCode? Code => Volatile.Read(ref _exitCode) is not 0 and int code ? (ExitCode)code : null;

    /// <summary>Cancelled by the first one.</summary>
    public CancellationToken First => _first.Token;

    public void Dispose()
    {
        foreach (PosixSignalRegistration registration in _registrations)
            registration.Dispose();
        _first.Dispose();
    }

    private void Receive(PosixSignalContext signal, ExitCode code)
    {
        Interlocked.CompareExchange(ref _exitCode, (int)code, 0);
        int count = Interlocked.Increment(ref _count);

        // Somebody who insists gets the default, the end of this process: what it leaves behind is ended by resume.
        signal.Cancel = count <= MostHeeded;
        if (count == 1)
            _first.Cancel();
    }

    /// <summary><c>nohup</c> asks that a closed terminal changes nothing; to register for the signal would undo that.</summary>
    private static bool IsHangupIgnored()
    {
        string? line = File.ReadLines("/proc/self/status").FirstOrDefault(text => text.StartsWith("SigIgn:", StringComparison.Ordinal));
        return line is not null
            && ulong.TryParse(line.AsSpan(7).Trim(), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out ulong ignored)
            && (ignored & 1) != 0;
    }
}
