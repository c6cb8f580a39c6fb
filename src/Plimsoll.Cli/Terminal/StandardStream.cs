using System.Runtime.InteropServices;

namespace Plimsoll.Cli.Terminal;

/// <summary>Standard output or error as a stream that says when its reader has gone or its disk is full, instead of throwing.</summary>
/// <remarks>
/// write(2) directly: the framework's console stream hides a closed pipe (<c>logs -f | head</c> would never end) and its
/// file stream keeps its own position (standard output and error sharing one file would overwrite each other).
/// </remarks>
internal sealed partial class StandardStream : Stream
{
    private const int BadDescriptor = 9;
    private const int GetDescriptorFlags = 1;
    private const int CloseOnExec = 1;
    private const int Interrupted = 4;
    private const int TryAgain = 11;
    private const int BrokenPipe = 32;

    private readonly int _descriptor;

    public StandardStream(int descriptor)
    {
        _descriptor = descriptor;

        // Where it was closed when we were started, the number now belongs to a file or pipe of the runtime: those have close-on-exec, and
        // what is inherited cannot have it. Our lines must not be written there.
        int flags = Control(descriptor, GetDescriptorFlags, 0);
        Error = flags < 0 || (flags & CloseOnExec) != 0 ? BadDescriptor : 0;
    }

    /// <summary>The reader has gone; everything written from now on is dropped.</summary>
    public bool ReaderGone { get; private set; }

    /// <summary>The number of the error that made writing impossible; 0 = none.</summary>
    public int Error { get; private set; }

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        while (!buffer.IsEmpty && !ReaderGone && Error == 0)
        {
            nint written = Write(_descriptor, in MemoryMarshal.GetReference(buffer), (nuint)buffer.Length);
            if (written >= 0)
                buffer = buffer[(int)written..];
            else
                Fail(Marshal.GetLastPInvokeError());
        }
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Flush()
    {
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    [LibraryImport("libc", EntryPoint = "write", SetLastError = true)]
    private static partial nint Write(int descriptor, in byte buffer, nuint count);

    [LibraryImport("libc", EntryPoint = "fcntl", SetLastError = true)]
    private static partial int Control(int descriptor, int command, int argument);

    [LibraryImport("libc", EntryPoint = "poll", SetLastError = true)]
    private static partial int Poll(ref PollRequest request, nuint count, int milliseconds);

    private void Fail(int error)
    {
        switch (error)
        {
            case Interrupted:
                break;
            case TryAgain:
                // Somebody made the terminal non-blocking (a child may): wait until it takes more.
                var request = new PollRequest { Descriptor = _descriptor, Events = 4 };
                _ = Poll(ref request, 1, -1);
                break;
            case BrokenPipe:
                ReaderGone = true;
                break;
            default:
                Error = error;
                break;
        }
    }

    [StructLayout(LayoutKind.Sequential)]
    private struct PollRequest
    {
        public int Descriptor;
        public short Events;
        public short Returned;
    }
}
