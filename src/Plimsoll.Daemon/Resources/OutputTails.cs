using System.Text;
using Plimsoll.Core.Identity;
using Plimsoll.Daemon.Hosting;

namespace Plimsoll.Daemon.Resources;

/// <summary>Reads the end of what attempts wrote, never more than is asked for.</summary>
internal sealed class OutputTails(LoopHost loop)
{
    /// <summary>The last attempt of a task; null while it has none.</summary>
    public async Task<AttemptId?> LastAsync(TaskId task, CancellationToken cancellationToken) =>
        await loop.State.Reader.AttemptsAsync(task, cancellationToken) is [.., var last] ? last.Attempt : null;

    public Task<(string Text, bool Cut)> OutputAsync(AttemptId attempt, int bytes, CancellationToken cancellationToken) =>
        ReadAsync(loop.State.Layout.Output(attempt), bytes, cancellationToken);

    public Task<(string Text, bool Cut)> ErrorAsync(AttemptId attempt, int bytes, CancellationToken cancellationToken) =>
        ReadAsync(loop.State.Layout.Error(attempt), bytes, cancellationToken);

    /// <summary>The end of a file as text: a character that was cut through is left out, bytes that are no UTF-8 are shown as such.</summary>
    private static async Task<(string Text, bool Cut)> ReadAsync(string path, int bytes, CancellationToken cancellationToken)
    {
        try
        {
            await using FileStream file = OutputFiles.Open(path);
            long from = Math.Max(0, file.Length - bytes);
            file.Seek(from, SeekOrigin.Begin);
            byte[] buffer = new byte[bytes];
            int read = await file.ReadAtLeastAsync(buffer, bytes, throwOnEndOfStream: false, cancellationToken);
            int start = 0;
            while (from > 0 && start < Math.Min(read, 4) && (buffer[start] & 0xC0) == 0x80)
            {
                start++;
            }

            return (Encoding.UTF8.GetString(buffer, start, read - start), from > 0);
        }
        catch (Exception gone) when (gone is FileNotFoundException or DirectoryNotFoundException)
        {
            return ("", false);
        }
    }
}
