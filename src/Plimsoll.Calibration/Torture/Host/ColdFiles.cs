using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Plimsoll.Calibration.Torture.Host;

/// <summary>Puts files out of the page cache, so that whoever reads them next pays for their pages.</summary>
/// <remarks>Pages belong to the cgroup that reads them first: a warm program would cost the host that is played nothing.</remarks>
internal static partial class ColdFiles
{
    private const long Worthwhile = 1 << 20;
    private const int DontNeed = 4;

    public static void Evict(IEnumerable<string> folders)
    {
        EnumerationOptions all = new() { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint };
        foreach (string file in folders.Where(Directory.Exists).SelectMany(folder => Directory.EnumerateFiles(folder, "*", all)))
        {
            if (new FileInfo(file).Length < Worthwhile)
                continue;

            using SafeFileHandle opened = File.OpenHandle(file);
            // Advice: a file that is mapped somewhere stays, and the measurement is a little kinder.
            _ = Advise(opened, 0, 0, DontNeed);
        }
    }

    [LibraryImport("libc", EntryPoint = "posix_fadvise")]
    private static partial int Advise(SafeFileHandle file, long offset, long length, int advice);
}
