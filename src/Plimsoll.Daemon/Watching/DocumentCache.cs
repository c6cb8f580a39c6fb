namespace Plimsoll.Daemon.Watching;

/// <summary>A document made once per sample, however many ask for it.</summary>
internal sealed class DocumentCache(Func<WatchPicture, byte[]> make)
{
    private readonly Lock gate = new();
    private WatchPicture? of; // guarded by gate
    private byte[] document = []; // guarded by gate

    public byte[] Of(WatchPicture picture)
    {
        lock (gate)
        {
            if (!ReferenceEquals(of, picture))
            {
                document = make(picture);
                of = picture;
            }

            return document;
        }
    }
}
