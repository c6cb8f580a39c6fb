namespace Plimsoll.Cli.Burn;

/// <summary>Fills the page cache: writes a file and reads it again and again, about 200 MB per second, until it is over.</summary>
internal static class FileChurn
{
    private const int BlockBytes = 1 << 20;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(5);

    public static void Run(string path, long bytes, CancellationToken over)
    {
        byte[] block = new byte[BlockBytes];
        using FileStream file = new(path, FileMode.Create, FileAccess.ReadWrite, FileShare.None, bufferSize: 0, FileOptions.DeleteOnClose);
        for (long written = 0; written < bytes && !over.IsCancellationRequested; written += block.Length)
        {
            file.Write(block);
            over.WaitHandle.WaitOne(Pause);
        }

        while (!over.IsCancellationRequested)
        {
            if (file.Read(block) < block.Length)
                file.Position = 0;
            over.WaitHandle.WaitOne(Pause);
        }
    }
}
