using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace Plimsoll.Journal.State;

/// <summary>Who owns a state folder.</summary>
public sealed partial record StateLockHolder(int Pid, DateTimeOffset Since)
{
    private const int ReadOnlyCloseOnExec = 0x80000;

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"pid {Pid}, since {Since:yyyy-MM-dd HH:mm:ss} UTC");

    /// <summary>One line: pid and time.</summary>
    internal byte[] ToUtf8() => Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{Pid} {Since.UtcDateTime:O}\n"));

    /// <summary>Reads what the holder wrote; true with null when the file is readable and says nothing useful (yet).</summary>
    internal static bool TryRead(string path, out StateLockHolder? holder)
    {
        holder = null;
        try
        {
            // Every FileStream that is opened by path takes at least a shared flock(2), which the holder's forbids; a bare descriptor does not.
            using SafeFileHandle handle = new(open(path, ReadOnlyCloseOnExec), ownsHandle: true);
            using FileStream file = new(handle, FileAccess.Read, bufferSize: 0);
            using StreamReader reader = new(file);
            string[] words = (reader.ReadLine() ?? "").Split(' ');
            if (words.Length == 2 && int.TryParse(words[0], out int pid)
                && DateTimeOffset.TryParse(words[1], CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset since))
            {
                holder = new StateLockHolder(pid, since);
            }

            return true;
        }
        catch (Exception fault) when (fault is IOException or ArgumentException)
        {
            return false;
        }
    }

    [LibraryImport("libc", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    private static partial int open(string path, int flags);
}
