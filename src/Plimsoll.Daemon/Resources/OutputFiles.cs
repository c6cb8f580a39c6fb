
namespace Plimsoll.Daemon.Resources;

/// <summary>Opens what attempts wrote, beside their writers.</summary>
internal static class OutputFiles
{
    /// <exception cref="FileNotFoundException">There is no such file, or a task has put a link in its place: what it points to is not output.</exception>
    public static FileStream Open(string path) => new FileInfo(path).LinkTarget is null
        ? new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 1, FileOptions.Asynchronous)
        : throw new FileNotFoundException("the output is a link", path);

    /// <summary>Null when there is none (any more).</summary>
    public static FileStream? TryOpen(string path)
    {
        try
        {
            return Open(path);
        }
        catch (Exception gone) when (gone is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }
}
