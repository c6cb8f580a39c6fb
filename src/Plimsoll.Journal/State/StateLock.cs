namespace Plimsoll.Journal.State;

/// <summary>The right to write a state folder; held until disposed.</summary>
public sealed class StateLock : IDisposable
{
    private readonly FileStream file;

    internal StateLock(FileStream file, StateLockHolder holder)
    {
        this.file = file;
        file.SetLength(0);
        file.Write(holder.ToUtf8());
    }

    public void Dispose() => file.Dispose();
}
